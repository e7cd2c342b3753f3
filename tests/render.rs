//! Pages: what must be on them, what must not, and that nothing a person wrote can break them.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Checked, Error, Evaluation, Form, Format, Library, Renderer, Rubric, Scorecard};
use pulldown_cmark::{Event, Options, Parser};

const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];

fn example(name: &str) -> Scorecard {
    let text = support::read(support::project(&format!("examples/evaluations/{name}.yaml")));
    let rubric = support::library_of_examples().rubric_for(name, &text).unwrap();
    Evaluation::parse(name, &text, &rubric).unwrap_or_else(|found| panic!("{found}")).score()
}

fn report(name: &str, format: Format) -> String {
    Renderer::new().report(&example(name), format).unwrap()
}

/// The text of an HTML page, tags gone and entities resolved.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        text.push(' ');
        rest = rest[open..].find('>').map_or("", |close| &rest[open + close + 1..]);
    }
    text.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x2f;", "/"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_report_holds_everything_that_was_written() {
    let scorecard = example("rivera_final");
    let html = words(&plain(&report("rivera_final", Format::Html)));
    let markdown = words(&report("rivera_final", Format::Markdown).replace("<br>", " ").replace('\\', ""));
    let json = serde_json::to_value(scorecard.evaluation()).unwrap();
    let mut texts = Vec::new();
    collect(&json, "", &mut texts);
    assert!(texts.len() > 120, "{}", texts.len());
    for (path, text) in texts {
        let text = words(&text);
        assert!(html.contains(&text), "not in the HTML: {path}: {text}");
        assert!(markdown.contains(&text), "not in the Markdown: {path}: {text}");
    }
    for indicator in scorecard.evaluation().rubric().indicators() {
        assert!(html.contains(&words(&indicator.statement)), "{}", indicator.id);
        assert!(markdown.contains(&words(&indicator.statement)), "{}", indicator.id);
    }
}

/// Every text of the document that people wrote to be read; ids and dates are printed in words of their own.
fn collect(value: &serde_json::Value, path: &str, texts: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                let is_reference =
                    ["by", "level", "date", "status", "event", "about", "indicator", "due", "id", "from", "to"];
                let is_rating = path.ends_with(".ratings") && value.is_string();
                if !is_reference.contains(&key.as_str())
                    && !is_rating
                    && !["rubric", "extra", "type", "hired_on", "completed_on", "qualifications", "scope"]
                        .contains(&key.as_str())
                {
                    collect(value, &format!("{path}.{key}"), texts);
                }
            }
        }
        serde_json::Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &format!("{path}[{index}]"), texts);
            }
        }
        serde_json::Value::String(text) => texts.push((path.to_owned(), text.clone())),
        serde_json::Value::Number(number) => texts.push((path.to_owned(), number.to_string())),
        _ => {}
    }
}

#[test]
fn pages_of_every_example_render_the_same_twice_and_end_with_a_line() {
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let scorecard = example(path.file_stem().unwrap().to_str().unwrap());
        for format in FORMATS {
            for page in [Renderer::report, Renderer::goals] {
                let text = page(&Renderer::new(), &scorecard, format).unwrap();
                assert_eq!(text, page(&Renderer::new(), &scorecard, format).unwrap());
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{}", path.display());
                assert!(!text.lines().any(|line| line.ends_with(' ')), "{}", path.display());
                assert!(!text.contains("undefined") && !text.contains("{{"), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_html_report_is_one_file_that_asks_for_nothing() {
    for path in support::files_ending("examples/evaluations", ".yaml") {
        let html = report(path.file_stem().unwrap().to_str().unwrap(), Format::Html);
        assert!(html.contains("default-src &#x27;none&#x27;") || html.contains("default-src 'none'"));
        for outside in ["<script", "<link", "<img", "<iframe", "@import", "url(http", "src=", "http://", "https://"] {
            assert!(!html.contains(outside), "{outside} in {}", path.display());
        }
        assert!(html.contains("<svg") && html.contains("</html>"));
    }
}

#[test]
fn a_draft_says_that_it_is_one_and_what_is_unrated() {
    for format in FORMATS {
        let page = report("chen_draft", format);
        assert!(page.to_lowercase().contains("draft"));
        let unrated = example("chen_draft");
        let missing: Vec<_> = unrated.evaluation().unrated().collect();
        assert!(missing.len() > 10);
        for indicator in missing {
            assert!(page.contains(&indicator.code), "{}", indicator.code);
        }
    }
}

#[test]
fn an_interim_report_names_its_scope_and_what_was_not_assigned() {
    for format in FORMATS {
        let page = words(&plain(&report("okafor_interim", format)));
        assert!(page.contains("Done by school psychologists"));
        assert!(page.contains("Interim evaluation"));
        assert!(!page.contains("Governance of school systems"), "it is out of scope");
    }
}

#[test]
fn nobody_is_called_deficient_by_contact_hours() {
    for name in ["rivera_final", "chen_draft", "okafor_interim"] {
        for format in FORMATS {
            let page = words(&plain(&report(name, format))).to_lowercase();
            assert!(page.contains("yardstick") && page.contains("12-116"), "{name}");
            let page = page.replace("never calls anybody deficient by them", "");
            for word in ["deficient", "deficit", "shortfall", "missing hours", "behind schedule"] {
                assert!(!page.contains(word), "{word} in {name}");
            }
        }
    }
}

/// The words of the report of an evaluation against Connecticut's rubric, by whom and for when being the same always.
fn report_of(more: &str, format: Format) -> String {
    let text = format!(
        "rubric: {{ id: connecticut_school_social_work }}\nevaluators: [{{ id: E-2, name: Bo }}]\n\
         period: {{ from: 2025-08-25, to: 2026-06-12 }}\n{more}"
    );
    let rubric = support::library_of_examples().rubric_for("e.yaml", &text).unwrap();
    let evaluation = Evaluation::parse("e.yaml", &text, &rubric).unwrap_or_else(|found| panic!("{found}"));
    words(&plain(&Renderer::new().report(&evaluation.score(), format).unwrap()))
}

#[test]
fn hours_of_a_period_are_not_set_beside_the_yardstick_of_a_cycle() {
    let hours = "ratings: {}\nprofessional_development: [{ date: 2025-10-14, title: Ethics, contact_hours: 6 }]\n";
    let known = "certificate: { from: 2023-07-01, to: 2028-06-30 }";
    for format in FORMATS {
        let without = report_of(&format!("employee: {{ id: E-1, name: Ann }}\n{hours}"), format);
        assert!(without.contains("On the yardstick: Public Act 12-116"), "{without}");
        assert!(!without.contains(" 90") && !without.contains("for 5 years"), "{without}");
        let with = report_of(&format!("employee: {{ id: E-1, name: Ann, {known} }}\n{hours}"), format);
        assert!(with.contains(" 90") && with.contains("for 5 years"), "{with}");
    }
}

#[test]
fn training_outside_the_period_is_listed_and_not_summed() {
    let more = "employee: { id: E-1, name: Ann }\nratings: {}\nprofessional_development:\n\
                - { date: 2025-08-24, title: The day before, contact_hours: 40, discipline_specific: true }\n\
                - { date: 2025-08-25, title: The first day, contact_hours: 1.25, discipline_specific: true }\n\
                - { date: 2026-06-12, title: The last day, contact_hours: 2, discipline_specific: false }\n\
                - { date: 2026-06-13, title: The day after, contact_hours: 80, discipline_specific: true }\n";
    for (format, total, own) in [
        (Format::Html, "contact hours in this period 3.25", "of these discipline-specific 1.25"),
        (Format::Markdown, "Contact hours in this period: 3.25", "Of these discipline-specific: 1.25"),
    ] {
        let page = report_of(more, format);
        assert!(page.contains(total) && page.contains(own), "{page}");
        assert!(page.contains("The day before") && page.contains("The day after"), "{page}");
        assert_eq!(page.matches("not in this period").count(), 2, "{page}");
    }
}

#[test]
fn a_goal_that_is_only_proposed_is_not_among_the_agreed() {
    let more = "employee: { id: E-1, name: Ann }\nratings: { self_growth: { level: has_not_met, comment: c } }\ngoals:\n\
                - { statement: Was put forward, status: proposed }\n- { statement: Was given up, status: dropped }\n\
                - { statement: Was agreed, status: agreed }\n- { statement: Is under way, status: in_progress }\n";
    for format in FORMATS {
        let page = report_of(more, format);
        assert!(page.contains("3 agreed (2 open, 1 dropped), 2 proposed"), "{page}");
        let order =
            ["how they stand", "Was given up", "Was agreed", "Is under way", "Was put forward", "Practice will show"];
        let places: Vec<_> =
            order.iter().map(|text| page.find(text).unwrap_or_else(|| panic!("{text} in {page}"))).collect();
        assert!(places.is_sorted(), "{page}");
    }
}

#[test]
fn a_rating_without_the_wanted_qualification_says_so_beside_it() {
    let rubric = support::library().get("small").unwrap();
    let text = "rubric: { id: small }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { counsels: has_met }\n";
    let Checked { value: evaluation, diagnostics: findings } = Evaluation::check("e.yaml", text, &rubric);
    assert_eq!(findings.len(), 1);
    for format in FORMATS {
        let page = words(&plain(&Renderer::new().report(&evaluation.clone().unwrap().score(), format).unwrap()));
        assert!(page.contains("A clinical license"), "{page}");
    }
}

/// Everything that means something to Markdown, HTML or a template.
const NASTY: [&str; 24] = [
    "a | b || c",
    "<script>alert(1)</script><!-- x -->",
    "# heading\n## another\n- item\n1. first\n> quote\n---\n===",
    "`code` ``` *bold* _it_ ~~no~~ [link](javascript:x) ![i](y)",
    "]]> \" ' & &amp; &#x27;",
    "{{ evaluation.id }} {% raw %} {# x #}",
    "line one\n\nparagraph\r\nand\ttab",
    "العربية مرحبا",
    "😀👩‍👩‍👧 é",
    "שלום \u{2067}reversed\u{2069}",
    "</td></tr></table></section></body>",
    "\\ \\\\ \\| \\<br>",
    "    indented\n\tcode",
    "--- | --- |\n| a | b |",
    "ends with a backslash \\",
    "ends like a heading #",
    "ends like a heading ## #\nand goes on ##",
    "- [ ] task\n+ plus\n* star",
    "1) one\n2) two",
    "~~~ fence\n[ref]: /url\n[^1]: note",
    ":--- | ---:",
    "term\n: definition $$x$$ $y$",
    "<https://example.org> http://example.org/a_b_c",
    "#",
];

fn nasty(text: &str) -> Scorecard {
    let rubric = Rubric::parse(
        "r.yaml",
        &format!(
            "id: r\nversion: 1.0.0\ntitle: {0}\ndomains:\n- id: d\n  title: {1}\n  statement: {0}\n  indicators:\n  - {{ id: i, statement: {0} }}\n  - {{ id: j, statement: {0} }}\n",
            serde_json::json!(text),
            serde_json::json!(if text.chars().count() <= 50 { text } else { "harmless" }),
        ),
        &Library::empty(),
    )
    .unwrap_or_else(|found| panic!("{found}"));
    let evaluation = serde_json::json!({
        "rubric": { "id": "r" },
        "employee": { "id": text, "name": text, "title": text },
        "evaluators": [{ "id": text, "name": text, "title": text }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": {
            "i": { "level": "has_not_met", "comment": text, "evidence": [{ "note": text, "kind": text, "at": text }] },
            "j": "exceeds_expectations",
        },
        "goals": [{ "statement": text, "measure": text, "activities": [text] }],
        "summary": text,
        "responses": [{ "text": text, "by": text, "about": "i" }],
        "record": [{ "date": "2026-01-01", "event": "observed", "note": text, "by": text }],
        "professional_development": [{ "date": "2026-01-01", "title": text, "contact_hours": 1.5 }],
    });
    Evaluation::parse("e.json", &evaluation.to_string(), &rubric).unwrap_or_else(|found| panic!("{found}")).score()
}

#[test]
fn texts_of_people_come_out_unchanged_and_break_no_html() {
    let harmless = nasty("harmless");
    for page in [Renderer::report, Renderer::goals] {
        let sound = page(&Renderer::new(), &harmless, Format::Html).unwrap();
        let tags = |html: &str| html.matches('<').count();
        for text in NASTY {
            let html = page(&Renderer::new(), &nasty(text), Format::Html).unwrap();
            assert_eq!(tags(&html), tags(&sound), "{text:?}");
            assert!(words(&plain(&html)).contains(&words(text)), "{text:?}");
        }
    }
}

/// How a reader of GitHub's Markdown sees a page: everything that begins or ends, and the words between.
fn read_markdown(markdown: &str) -> (Vec<String>, String) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH;
    let mut structure = Vec::new();
    let mut text = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            // The line break of a text stays within its line of the page.
            Event::InlineHtml(tag) if &*tag == "<br>" => text.push(' '),
            Event::SoftBreak => text.push(' '),
            // Fingerprints, and nothing else.
            Event::Code(_) => structure.push("code".to_owned()),
            other => {
                text.push(' ');
                structure.push(format!("{other:?}"));
            }
        }
    }
    // An indented text keeps its indent behind a quotation mark, where it means nothing.
    (structure, words(&text).replace("“ ", "“"))
}

#[test]
fn texts_of_people_come_out_unchanged_and_break_no_markdown() {
    for page in [Renderer::report, Renderer::goals] {
        let read = |text: &str| {
            let markdown = page(&Renderer::new(), &nasty(text), Format::Markdown).unwrap();
            (read_markdown(&markdown), markdown)
        };
        let ((structure, sound), _) = read("harmless");
        assert!(structure.len() > 50 && sound.matches("harmless").count() > 10, "{sound}");
        for text in NASTY {
            let ((found, says), markdown) = read(text);
            assert_eq!(found, structure, "{text:?}\n{markdown}");
            // Whole wherever it stands, and nothing else changed.
            assert_eq!(says.replace(&words(text), "harmless"), sound, "{text:?}\n{markdown}");
        }
    }
}

#[test]
fn ten_thousand_characters_are_printed() {
    let text = "Long. ".repeat(1_700);
    for format in FORMATS {
        assert!(Renderer::new().report(&nasty(&text), format).unwrap().contains(text.trim()));
    }
}

#[test]
fn a_template_is_replaced_by_name_and_can_build_on_the_original() {
    let scorecard = example("rivera_final");
    let own =
        Renderer::new().with_template("report.html", "<p>{{ evaluation.name }} & {{ rubric.title }}</p>").unwrap();
    assert_eq!(
        own.report(&scorecard, Format::Html).unwrap(),
        "<p>Jordan Rivera & School social worker competencies and indicators</p>\n"
    );
    let built = "{% extends \"builtin/report.html\" %}{% block header %}<h1>Hartford</h1>{% include \"_mark.html\" %}{% endblock %}";
    let own = Renderer::new()
        .with_template("report.html", built)
        .unwrap()
        .with_template("_mark.html", "<i>mark</i>")
        .unwrap();
    let html = own.report(&scorecard, Format::Html).unwrap();
    assert!(html.contains("<h1>Hartford</h1><i>mark</i>") && html.contains("Strengths"));
}

#[test]
fn a_block_that_would_be_dropped_and_a_template_that_extends_itself_are_told() {
    let refused = |text: &str| match Renderer::new().with_template("report.html", text) {
        Err(Error::Template { line, reason, .. }) => (line, reason),
        other => panic!("{other:?}"),
    };
    let (line, reason) =
        refused("{# {% block x %} #}{% extends \"builtin/report.html\" %}\n{%- block ratngs -%}{% endblock %}");
    assert!(
        line == 2 && reason.starts_with("`builtin/report.html` has no block `ratngs`; it has title, head,"),
        "{reason}"
    );
    let (line, reason) = refused("{% extends 'report.html' %}");
    assert!(line == 1 && reason.contains("write `{% extends \"builtin/report.html\" %}`"), "{reason}");
    // A block within another is the template's own; what is absent is no date.
    let text = "{% extends \"builtin/report.html\" %}{% block footer %}{% block mine %}{{ none|date|default(\"no date\", true) }}{% endblock %}{% endblock %}";
    let page = Renderer::new().with_template("report.html", text).unwrap();
    assert!(page.report(&example("chen_draft"), Format::Html).unwrap().contains("no date"));
}

#[test]
fn an_error_of_a_template_names_its_line_and_none_of_the_data() {
    let scorecard = example("rivera_final");
    for (template, line, says) in [
        ("one\n{{ evaluation.nmae }}", 2, "undefined"),
        ("{% for x in %}", 1, "unexpected end of block"),
        ("\n\n{{ evaluation.name | no_such_filter }}", 3, "unknown filter"),
        ("{{ evaluation.name + 1 }}", 1, "invalid operation"),
        ("{{ evaluation.summary | int }}", 1, "invalid operation"),
        ("{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}", 1, "does not end"),
        ("{% include \"none.md\" %}", 1, "template not found"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "invalid operation"),
    ] {
        let error = match Renderer::new().with_template("report.md", template) {
            Err(error) => error,
            Ok(renderer) => renderer.report(&scorecard, Format::Markdown).unwrap_err(),
        };
        let Error::Template { name, line: at, .. } = &error else { panic!("{error:?}") };
        assert_eq!((name.as_str(), *at), ("report.md", line), "{error}");
        let message = format!("{error} {error:?}");
        assert!(message.contains(says), "{message}");
        for data in ["Jordan", "Rivera", "E-1042", "skilled and trusted"] {
            assert!(!message.contains(data), "{message}");
        }
    }
}

#[test]
fn a_template_that_makes_a_text_grow_without_end_is_an_error_and_takes_no_memory() {
    let doubled = [
        "ns.x ~ ns.x",
        "ns.x + ns.x",
        "ns.x * 2",
        "'' ~ (ns.x ~ ns.x)",
        "[ns.x, ns.x]|join",
        "(ns.x, ns.x)|join(', ')",
        "ns.x|replace('a', 'aa')",
        "'%s%s'|format(ns.x, ns.x)",
        "'%(x)s%(x)s'|format(x=ns.x)",
        "(ns.x ~ '\\n')|indent(ns.x|length, true)",
        "twice(ns.x)",
    ];
    let loops = doubled.map(|doubled| {
        format!(
            "{{% macro twice(y) %}}{{{{ y }}}}{{{{ y }}}}{{% endmacro %}}{{% set ns = namespace(x='aaaaaaaaaa') %}}\n\
             {{% for i in range(60) %}}{{% set ns.x = {doubled} %}}{{% endfor %}}{{{{ ns.x|length }}}}"
        )
    });
    let long = "text ".repeat(4000);
    let caught = format!(
        "\n{{% set x %}}{{% for i in range(100000) %}}{{% for j in range(10) %}}{long}{{% if true %}}{{% endif %}}{{% endfor %}}{{% endfor %}}{{% endset %}}"
    );
    let others = [
        "\n{% set ns = namespace(x='aaaaaaaaaa') %}{% for i in range(60) %}{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}{% endfor %}",
        "\n{% macro more(x) %}{{ more(x ~ x) }}{% endmacro %}{{ more('aaaaaaaaaa') }}",
        "\n{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x|join }}",
        "\n{% set ns = namespace(x=['a']) %}{% for i in range(90) %}{% set ns.x = ns.x + ['a' * 10000000 ~ i] %}{% endfor %}",
        "\n{{ [1]|batch(4000000000, 'x')|list|length }}",
        "\n{{ '%4000000000s'|format('x')|length }}",
        &caught,
    ]
    .map(String::from);
    for template in loops.iter().chain(&others) {
        let renderer = Renderer::new().with_template("report.md", template).unwrap();
        let error = renderer.report(&example("chen_draft"), Format::Markdown).unwrap_err();
        let Error::Template { line, reason, .. } = &error else { panic!("{error:?}") };
        assert!(*line == 2 && reason.contains("that it makes"), "{template}: {error}");
        assert!(!reason.contains("__"), "{error}");
    }
}

#[test]
fn a_template_that_puts_texts_together_as_reports_do_is_rendered() {
    let template = "{% set ns = namespace(x='', l=[]) %}{% for i in range(2000) %}{% set ns.x = ns.x ~ 'line ' ~ i %}\
        {% set ns.l = ns.l + [i * 2] %}{% endfor %}{% set a, b = 1, '2' %}{{ ns.x|length }} {{ ns.l|length }} {{ ns.l[3] + a }}{{ b }}\n\
        {{- ['a', 'b']|join(', ') }} {{ 'a-b'|replace('-', '+') }} {{ '%s: %d'|format('n', 3) }} {{ 'a\\nb'|indent(2) }}\
        {{ [1, 2, 3]|sum }} {{ [1, 2, 3]|batch(2)|list|length }} {{ [{'a': 1}]|join(attribute='a') }}";
    let renderer = Renderer::new().with_template("report.md", template).unwrap();
    let page = renderer.report(&example("chen_draft"), Format::Markdown).unwrap();
    assert_eq!(page, "16890 2000 72a, b a+b n: 3 a<br>b6 2 1\n");
}

#[test]
fn a_built_in_template_given_as_a_replacement_prints_the_same() {
    let (mut replaced, scorecard) = (Renderer::new(), example("rivera_final"));
    for name in Renderer::template_names() {
        replaced = replaced.with_template(name, Renderer::template(name).unwrap()).unwrap();
    }
    for format in [Format::Html, Format::Markdown] {
        for page in [Renderer::report, Renderer::goals] {
            assert_eq!(
                page(&replaced, &scorecard, format).unwrap(),
                page(&Renderer::new(), &scorecard, format).unwrap()
            );
        }
    }
    let form = Form::of(scorecard.evaluation());
    assert_eq!(replaced.form(&form, Format::Html).unwrap(), Renderer::new().form(&form, Format::Html).unwrap());
}

#[test]
fn an_error_of_an_included_template_names_that_one() {
    let part = "{# a part #}\n{{ evaluation.name + 1 }}";
    let renderer = Renderer::new()
        .with_template("report.md", "one\n\n{% include \"_part.md\" %}")
        .and_then(|renderer| renderer.with_template("_part.md", part))
        .unwrap();
    let error = renderer.report(&example("rivera_final"), Format::Markdown).unwrap_err();
    let Error::Template { name, line, .. } = &error else { panic!("{error:?}") };
    assert_eq!((name.as_str(), *line), ("_part.md", 2), "{error}");
    let message = format!("{error} {error:?}");
    assert!(message.contains("invalid operation, in `{{ evaluation.name + 1 }}`"), "{message}");
    assert!(!message.contains("Jordan") && !message.contains("Rivera"), "{message}");
}

#[test]
fn a_template_of_another_name_is_refused() {
    let error = Renderer::new().with_template("reprot.html", "x").unwrap_err();
    assert!(matches!(error, Error::UnknownTemplate { .. }));
    assert!(error.to_string().contains("report.html"), "{error}");
}

#[test]
fn a_scale_of_seven_levels_and_an_organization_are_printed_too() {
    let levels: Vec<String> = (1..=7).map(|number| format!("{{ id: l{number}, label: Level {number} }}")).collect();
    let rubric = Rubric::parse(
        "r.yaml",
        &format!(
            "id: r\nversion: 1.0.0\ntitle: R\nsubject: organization\nscale: {{ levels: [{}], meets_at: l4 }}\n\
             domains:\n- {{ id: d, title: D, indicators: [{{ id: a, statement: A }}, {{ id: b, statement: B }}] }}\n",
            levels.join(", ")
        ),
        &Library::empty(),
    )
    .unwrap();
    let text = "rubric: { id: r }\norganization: { id: O, name: Elm Hill }\nevaluators: [{ id: E, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: { a: l1, b: l7 }\n";
    let scorecard = Evaluation::parse("e.yaml", text, &rubric).unwrap().score();
    for format in FORMATS {
        let page = Renderer::new().report(&scorecard, format).unwrap();
        assert!(page.contains("Level 7") && page.contains("Elm Hill") && !page.to_lowercase().contains("personnel"));
    }
}

#[test]
fn a_self_evaluation_is_printed_as_the_employees_own() {
    let text = "
rubric: { id: connecticut_school_social_work }
type: self
employee: { id: E-1042, name: Jordan Rivera }
evaluators: [{ id: E-1042, name: Jordan Rivera }]
period: { from: 2025-08-25, to: 2026-06-12 }
shared: true
summary: I have grown.
ratings: { self_growth: has_met }
";
    let Checked { value: evaluation, diagnostics: findings } = Library::bundled().check("own.yaml", text);
    assert!(findings.iter().next().is_none(), "{findings}");
    let evaluation = evaluation.unwrap();
    assert!(evaluation.is_shared() && evaluation.to_yaml().contains("shared: true"));
    for format in [Format::Html, Format::Markdown] {
        let page = Renderer::new().report(&evaluation.score(), format).unwrap();
        assert!(
            page.contains("My summary")
                && page.contains("This is the employee’s own view.")
                && page.contains("Rated by")
        );
        assert!(!page.contains("wants: ") && !page.contains("acknowledges receipt"), "{page}");
    }
}
