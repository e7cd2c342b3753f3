//! Modules beside each other use one another in one direction: no circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{rust_files, support};

/// The names from the crate to a module or to what is in it.
type Names = Vec<String>;

/// The modules of a crate.
#[derive(Default)]
struct Modules {
    /// By module: the paths that it names, from the crate.
    named: BTreeMap<Names, Vec<Names>>,
    /// By module: the name of each import, and the path that it stands for.
    imported: BTreeMap<Names, BTreeMap<String, Names>>,
}

impl Modules {
    /// Adds a module with its code, in which tests at the end and comments do not count.
    fn add(&mut self, module: &str, text: &str) {
        let module: Names = module.split("::").map(str::to_owned).collect();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().lines();
        let mut lines = code.filter(|line| !line.trim_start().starts_with("//"));
        let (mut named, mut imported, mut others) = (Vec::new(), BTreeMap::new(), String::new());
        while let Some(line) = lines.next() {
            let Some(rest) = imports(line) else {
                others.push_str(&format!("{line}\n"));
                continue;
            };
            let mut import = rest.to_owned();
            while !import.contains(';') {
                import.push_str(lines.next().unwrap());
            }
            for path in opened(import.split(';').next().unwrap()).iter().filter_map(|path| from_crate(&module, path)) {
                imported.insert(path.last().cloned().unwrap_or_default(), path.clone());
                named.push(path);
            }
        }
        for root in ["crate", "super", "self"] {
            for (at, _) in others.match_indices(&format!("{root}::")) {
                let is_part = |c: char| c.is_alphanumeric() || "_:".contains(c);
                let before = others[..at].chars().next_back();
                let path: String = others[at..].chars().take_while(|c| is_part(*c)).collect();
                if !before.is_some_and(is_part) {
                    named.extend(from_crate(&module, &names(&path)));
                }
            }
        }
        self.named.insert(module.clone(), named);
        self.imported.insert(module, imported);
    }

    /// The module in which the thing that a path names is defined; imports on the way are followed.
    fn home(&self, path: &[String], followed: usize) -> Option<Names> {
        let depth = (1..=path.len()).rev().find(|depth| self.named.contains_key(&path[..*depth]))?;
        let (module, rest) = path.split_at(depth);
        match rest.split_first().and_then(|(name, rest)| Some((self.imported[module].get(name)?, rest))) {
            Some((target, rest)) if followed < 10 => self.home(&[target, rest].concat(), followed + 1),
            _ => Some(module.to_vec()),
        }
    }

    /// By module of a folder: the modules beside it that it, or a module in it, uses.
    fn beside(&self) -> BTreeMap<Names, BTreeSet<Names>> {
        let mut beside: BTreeMap<Names, BTreeSet<Names>> = BTreeMap::new();
        for (module, named) in &self.named {
            for home in named.iter().filter_map(|path| self.home(path, 0)) {
                let shared = module.iter().zip(&home).take_while(|(one, other)| one == other).count();
                if shared >= 1 && shared < module.len().min(home.len()) {
                    let used = home[..=shared].to_vec();
                    beside.entry(module[..=shared].to_vec()).or_default().insert(used);
                }
            }
        }
        beside
    }

    /// The modules that use themselves by way of others.
    fn in_circles(&self) -> Vec<String> {
        let beside = self.beside();
        let uses_itself = |module: &&Names| {
            let (mut seen, mut open) = (BTreeSet::new(), vec![*module]);
            while let Some(next) = open.pop() {
                open.extend(beside.get(next).into_iter().flatten().filter(|used| seen.insert(*used)));
            }
            seen.contains(module)
        };
        beside.keys().filter(uses_itself).map(|module| module.join("::")).collect()
    }
}

/// The import that a line begins.
fn imports(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let is_public = line.starts_with("pub ") || line.starts_with("pub(");
    line.strip_prefix("use ").or_else(|| line.split_once(" use ").filter(|_| is_public).map(|(_, import)| import))
}

fn names(path: &str) -> Names {
    path.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// A path from the crate; `None` for another crate's.
fn from_crate(module: &[String], path: &[String]) -> Option<Names> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    match path.first()?.as_str() {
        "crate" => Some(path[1..].to_vec()),
        "self" => Some([module, &path[1..]].concat()),
        "super" => Some([&module[..module.len().checked_sub(ups)?], &path[ups..]].concat()),
        _ => None,
    }
}

/// The paths of an import, each with the members of its groups.
fn opened(import: &str) -> Vec<Names> {
    let Some((before, group)) = import.split_once('{') else {
        return vec![names(import.split(" as ").next().unwrap())];
    };
    let before = names(before);
    super::members(group).flat_map(opened).map(|path| [before.clone(), path].concat()).collect()
}

#[test]
fn a_circle_is_seen_through_groups_parents_and_imports() {
    let mut modules = Modules::default();
    modules.add("top", "mod a;\nmod b;\nmod c;\npub(crate) use self::a::{Known, other as another};");
    modules.add("top::a", "use super::b::{self, Thing};");
    modules.add("top::b", "mod inner;");
    modules.add("top::b::inner", "// super::super::d::run()\nfn run() { super::super::c::run() }");
    modules.add("top::c", "use super::Known;");
    modules.add("top::d", "use super::a::Known;\n#[cfg(test)]\nmod tests { use super::super::a; }");
    assert_eq!(modules.in_circles(), ["top::a", "top::b", "top::c"]);
}

#[test]
fn modules_beside_each_other_use_one_another_in_one_direction() {
    let source = support::project("src");
    let mut modules = Modules::default();
    for path in rust_files(&source) {
        let relative = path.strip_prefix(&source).unwrap().with_extension("");
        let relative = if relative.ends_with("mod") { relative.parent().unwrap() } else { &relative };
        if ![Path::new("lib"), Path::new("main")].contains(&relative) {
            let names: Vec<&str> = relative.iter().map(|name| name.to_str().unwrap()).collect();
            modules.add(&names.join("::"), &support::read(&path));
        }
    }
    assert!(modules.beside().len() > 100, "few uses were seen");
    assert_eq!(modules.in_circles(), Vec::<String>::new());
}
