//! Ratings as pages see them: their values are those of the JSON, and their parts are made once and never of another rubric.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Error, Evaluation, Format, Renderer, Scorecard};
use serde_json::Value;

fn example(name: &str) -> Scorecard {
    let text = support::read(support::project(&format!("examples/evaluations/{name}.yaml")));
    let rubric = support::library_of_examples().rubric_for(name, &text).unwrap();
    Evaluation::parse(name, &text, &rubric).unwrap_or_else(|found| panic!("{found}")).score()
}

fn page(renderer: &Renderer, scorecard: &Scorecard) -> String {
    renderer.report(scorecard, Format::Html).unwrap()
}

fn with(report: &str) -> Renderer {
    Renderer::new().with_template("report.html", report).unwrap()
}

/// All ratings of a scorecard's JSON, in order.
fn ratings(json: &Value) -> Vec<Value> {
    let domains = json["domains"].as_array().unwrap();
    let nodes =
        domains.iter().flat_map(|domain| std::iter::once(domain).chain(domain["competencies"].as_array().unwrap()));
    nodes.flat_map(|node| node["ratings"].as_array().unwrap().clone()).collect()
}

#[test]
fn a_rating_has_the_values_of_the_json_whether_asked_for_one_by_one_or_all_together() {
    for name in ["rivera_final", "rivera_self", "lopez_provo", "novak_scored"] {
        let scorecard = example(name);
        let json = serde_json::to_value(&scorecard).unwrap();
        let expected = ratings(&json);
        let keys: Vec<&String> = expected[0].as_object().unwrap().keys().collect();
        let one_by_one: String = keys.iter().map(|key| format!("\"{key}\": {{{{ item.{key}|json }}}},")).collect();
        let each = "{% for domain in scorecard.domains %}{% for item in domain.ratings %}ROW{% endfor %}\
                    {% for competency in domain.competencies %}{% for item in competency.ratings %}ROW{% endfor %}{% endfor %}{% endfor %}";
        for row in [
            format!(
                "{{{one_by_one} \"has_more\": {{{{ item.has_more|json }}}}, \"by_name\": {{{{ item.by_name|json }}}}}}\n"
            ),
            "{{ item|json }}\n".to_owned(),
        ] {
            let printed = page(&with(&each.replace("ROW", &row)), &scorecard);
            let printed: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(printed.len(), expected.len(), "{name}");
            for (mut printed, expected) in printed.into_iter().zip(&expected) {
                let has_more = printed.as_object_mut().unwrap().remove("has_more").unwrap();
                let by_name = printed.as_object_mut().unwrap().remove("by_name").unwrap();
                assert_eq!(
                    by_name.is_null(),
                    scorecard.evaluation().evaluators().len() == 1 || expected["by"].is_null()
                );
                assert_eq!(&printed, expected, "{name}");
                let is_said = |key: &str| !expected[key].is_null() && expected[key] != Value::Array(Vec::new());
                let said = ["comment", "evidence", "descriptor", "lacks_qualification"];
                assert!(has_more.as_bool().unwrap() || !said.iter().any(|key| is_said(key)), "{name}: {expected}");
            }
        }
    }
}

#[test]
fn a_part_is_made_of_the_indicator_its_place_and_its_level() {
    let scorecard = example("chen_draft");
    let row = "{% for domain in scorecard.domains %}{% for item in domain.ratings %}{{ item.part('_mine.html') }} \
               {%- endfor %}{% endfor %}";
    let mine = "{{ rubric.id }} {{ domain.id }} {{ 'no competency' if competency is none }} {{ indicator.id }} {{ indicator.statement }} \
                {{ level.label if level is not none else '<unrated>' }}|";
    let renderer = with(row).with_template("_mine.html", mine).unwrap();
    let first = page(&renderer, &scorecard);
    assert!(
        first.contains("|connecticut_school_social_work ethics true ")
            || first.contains("connecticut_school_social_work"),
        "{first}"
    );
    assert!(first.contains("&lt;unrated&gt;|"), "{first}");
    assert_eq!(page(&renderer, &scorecard), first);
    let direct = scorecard.domains().iter().zip(scorecard.evaluation().rubric().domains());
    let in_scope: u32 =
        direct.filter(|(_, domain)| domain.competencies.is_empty()).map(|(tallies, _)| tallies.tally.indicators).sum();
    assert_eq!(first.matches('|').count(), in_scope as usize);
}

/// A report of the ratings that `_mine.html` makes, and it.
fn with_parts(mine: &str) -> Renderer {
    let report = "{% for domain in scorecard.domains %}{{ domain.ratings|parts('_mine.html') }}\
                  {% for competency in domain.competencies %}{{ competency.ratings|parts('_mine.html') }}{% endfor %}{% endfor %}";
    with(report).with_template("_mine.html", mine).unwrap()
}

#[test]
fn each_rating_fills_the_blanks_of_its_part() {
    let renderer = with_parts("{{ indicator.id }}: {{ level.id }}: {{ blank('comment') }}|");
    // Each beside the other, by the same renderer, and again: none has the words of another.
    for _ in 0..2 {
        for name in ["rivera_final", "rivera_self", "novak_scored", "santos_two_evaluators"] {
            let scorecard = example(name);
            let json = serde_json::to_value(&scorecard).unwrap();
            let escaped = |text: &str| minijinja::HtmlEscape(text).to_string();
            let text = |value: &Value| value.as_str().map_or_else(String::new, escaped);
            let row = |rating: &Value| {
                format!("{}: {}: {}|", text(&rating["id"]), text(&rating["level"]), text(&rating["comment"]))
            };
            let expected: String = ratings(&json).iter().map(row).collect();
            assert_eq!(page(&renderer, &scorecard), expected + "\n", "{name}");
        }
    }
    let commented = page(&renderer, &example("rivera_final"));
    assert!(commented.contains("&#x27;") || commented.contains("&quot;"), "what is escaped is seen to be: {commented}");
}

#[test]
fn a_part_knows_what_its_ratings_have_in_common() {
    let mine = "{{ indicator.id }} {{ rating.has_comment }} {{ rating.has_evidence }} {{ rating.has_more }} {{ rating.descriptor|json }} \
                {{ rating.lacks_qualification|json }} {{ rating.is_one_of_several }} {{ blank('by_name') }}|";
    let each = "{% for domain in scorecard.domains %}{% for rating in domain.ratings %}ROW{% endfor %}\
                {% for competency in domain.competencies %}{% for rating in competency.ratings %}ROW{% endfor %}{% endfor %}{% endfor %}";
    let row = "{{ rating.id }} {{ rating.comment is not none }} {{ rating.evidence|length > 0 }} {{ rating.has_more }} \
               {{ rating.descriptor|json }} {{ rating.lacks_qualification|json }} {{ rating.by_name is not none }} {{ rating.by_name }}|";
    for name in ["rivera_final", "lopez_provo", "novak_scored", "santos_two_evaluators"] {
        let scorecard = example(name);
        let asked = page(&with(&each.replace("ROW", row)), &scorecard);
        assert_eq!(page(&with_parts(mine), &scorecard), asked, "{name}");
        assert!(asked.contains("True"), "{name}: {asked}");
    }
}

/// Only one of more than 1200 characters may be broken between sheets of paper.
#[test]
fn a_comment_is_long_from_1201_characters_on() {
    let rubric = support::library().get("connecticut_school_social_work").unwrap();
    let indicator = rubric.indicators().next().unwrap().id.clone();
    let is_long = |characters: usize| {
        let mut json = serde_json::to_value(example("rivera_final").evaluation()).unwrap();
        json["ratings"][&indicator] = serde_json::json!({ "level": "has_met", "comment": "é".repeat(characters) });
        let (evaluation, found) = Evaluation::check("rivera", &json.to_string(), &rubric);
        let scorecard = evaluation.unwrap_or_else(|| panic!("{found}")).score();
        let printed = page(&with_parts("{{ indicator.id }} {{ rating.has_long_comment }}|"), &scorecard);
        assert!(
            page(&Renderer::new(), &scorecard).contains("<p class=\"prose long\" dir=\"auto\"><span class=\"unseen\">")
                == printed.contains("True")
        );
        printed.starts_with(&format!("{indicator} True|"))
    };
    assert_eq!([1, 601, 1200, 1201, 4000].map(is_long), [false, false, false, true, true]);
}

#[test]
fn a_blank_is_escaped_as_its_place_wants_it() {
    let scorecard = example("rivera_final");
    let markdown = with("{% for domain in scorecard.domains %}{{ domain.ratings|parts('_mine.md') }}{% endfor %}");
    let comment = "*a* <b> & \"c\"";
    let mut json = serde_json::to_value(scorecard.evaluation()).unwrap();
    let rubric = scorecard.evaluation().rubric().clone();
    for rating in json["ratings"].as_object_mut().unwrap().values_mut() {
        *rating = serde_json::json!({ "level": "has_met", "comment": comment });
    }
    let scorecard = Evaluation::check("rivera", &json.to_string(), &rubric).0.unwrap().score();
    let printed = page(&markdown.with_template("_mine.md", "{{ blank('comment') }}|||").unwrap(), &scorecard);
    assert_eq!(printed.split("|||").next().unwrap(), "\\*a\\* \\<b\\> \\& \"c\"");
    let both = "{{ blank('comment') }} {% autoescape false %}{{ blank('comment') }}{% endautoescape %}|||";
    let printed = page(&with_parts(both), &scorecard);
    assert_eq!(printed.split("|||").next().unwrap(), format!("*a* &lt;b&gt; &amp; &quot;c&quot; {comment}"));
}

#[test]
fn what_fills_a_blank_sees_the_rating_and_cannot_ask_for_its_part() {
    let renderer = with_parts("<{{ blank('_its.html') }}>");
    let its = "{{ rating.comment }}{% for item in rating.evidence %} [{{ item.note }}]{% endfor %}";
    let printed = page(&renderer.clone().with_template("_its.html", its).unwrap(), &example("rivera_final"));
    let asked = "{% for domain in scorecard.domains %}{% for rating in domain.ratings %}<ITS>{% endfor %}\
                 {% for competency in domain.competencies %}{% for rating in competency.ratings %}<ITS>{% endfor %}{% endfor %}{% endfor %}";
    assert_eq!(printed, page(&with(&asked.replace("ITS", its)), &example("rivera_final")));
    for its in ["{{ rating.part('_mine.html') }}", "{{ [rating]|parts('_mine.html') }}"] {
        let renderer = renderer.clone().with_template("_its.html", its).unwrap();
        let Err(Error::Template { name, .. }) = renderer.report(&example("rivera_final"), Format::Html) else {
            panic!()
        };
        assert_eq!(name, "_its.html");
    }
}

/// What is not there yet cannot be looked at, and nothing pretends that it can.
#[test]
fn a_blank_that_is_misused_says_so() {
    let takes = "`blank` takes `comment`, `by_name` or the name of a template that begins with `_`";
    let only = "a blank can be printed, and nothing else";
    for (mine, expected) in [
        ("{{ blank('comment')|upper }}", only),
        ("{{ blank('comment') ~ '!' }}", only),
        ("{% if 'late' in blank('comment')|string %}late{% endif %}", only),
        ("{% filter length %}{{ blank('comment') }}{% endfilter %}", only),
        ("{% set it %}{{ blank('comment') }}{% endset %}{{ it|replace('0', '') }}", only),
        ("{{ blank() }}", takes),
        ("{{ blank(1) }}", takes),
        ("{{ blank('salary') }}", takes),
    ] {
        let Err(Error::Template { reason, .. }) = with_parts(mine).report(&example("rivera_final"), Format::Html)
        else {
            panic!("{mine}")
        };
        assert!(reason.starts_with(expected), "{mine}: {reason}");
    }
    for (report, expected) in [
        ("{{ evaluation.evaluators|parts('_entry.html') }}", "`parts` takes ratings"),
        ("{{ scorecard.domains[0].ratings[0].part() }}", "`part` takes the name of a template"),
        ("{{ scorecard.domains[0].ratings[0].part(1) }}", "`part` takes the name of a template"),
    ] {
        let Err(Error::Template { reason, .. }) = with(report).report(&example("rivera_final"), Format::Html) else {
            panic!("{report}")
        };
        assert!(reason.starts_with(expected), "{report}: {reason}");
    }
    assert!(with_parts("{{ blank('comment')|length }}").report(&example("rivera_final"), Format::Html).is_err());
    assert!(with_parts("{{ rating.comment }}").report(&example("rivera_final"), Format::Html).is_err());
}

/// A rubric may say anything, also what looks like something of the program's.
#[test]
fn a_rubric_with_nulls_is_printed_as_it_is() {
    let text = support::read(support::project("tests/documents/rubrics/small.yaml"));
    let text = text.replacen("title: A small rubric", "title: \"\\00\\0blank\\00\\0\"", 1);
    let (rubric, found) = appraise::Rubric::check("small.yaml", &text, &support::library());
    let rubric = rubric.unwrap_or_else(|| panic!("{found}"));
    let renderer = with_parts("{{ rubric.title }} {{ blank('comment') }}|");
    let json = serde_json::json!({
        "rubric": { "id": rubric.id(), "version": rubric.version() },
        "employee": { "id": "1", "name": "A" }, "evaluators": [{ "id": "2", "name": "B" }],
        "period": { "from": "2025-08-25", "to": "2026-06-12" },
        "ratings": { "plans": { "level": "has_met", "comment": "Mine" } },
    });
    let (evaluation, found) = Evaluation::check("e", &json.to_string(), &rubric);
    let printed = page(&renderer, &evaluation.unwrap_or_else(|| panic!("{found}")).score());
    assert!(printed.starts_with("\u{0}0\u{0}blank\u{0}0\u{0} Mine|\u{0}0\u{0}"), "{printed:?}");
}

#[test]
fn a_template_that_is_replaced_after_a_page_was_made_makes_other_parts() {
    let scorecard = example("rivera_final");
    let renderer = Renderer::new();
    assert!(page(&renderer, &scorecard).contains("<p class=\"what\""));
    let other = renderer.clone().with_template("_rating.html", "<li>mine: {{ indicator.code }}\n").unwrap();
    let replaced = page(&other, &scorecard);
    assert!(replaced.contains("<li>mine: 4.1.1") && !replaced.contains("<p class=\"what\""));
    assert!(page(&renderer, &scorecard).contains("<p class=\"what\""), "the first one is as it was");
}

/// Districts call what the built-in pages include.
#[test]
fn the_macros_make_what_the_pages_include() {
    let called = |name: &str, changes: &[(&str, &str)]| {
        let built_in = Renderer::template(name).unwrap().to_owned();
        changes.iter().fold(built_in, |text, (included, called)| {
            assert!(text.contains(included), "{name}: {included}");
            text.replace(included, called)
        })
    };
    let report = called(
        "report.html",
        &[
            (
                "{% if list %}{% include \"_ratings.html\" %}{% endif %}",
                "{% if list %}{{ ratings(list, evaluators) }}{% endif %}",
            ),
            ("{% include \"_ratings.html\" %}", "{{ ratings(list, evaluators) }}"),
            ("for goal in goals.agreed %}{% include \"_goal.html\" %}", "for item in goals.agreed %}{{ goal(item) }}"),
            (
                "for goal in goals.proposed %}{% include \"_goal.html\" %}",
                "for item in goals.proposed %}{{ goal(item) }}",
            ),
            (
                "for orphan in scorecard.orphaned %}{% include \"_orphan.html\" %}",
                "for item in scorecard.orphaned %}{{ orphan(item) }}",
            ),
        ],
    );
    let included = "with list = rating.evidence %}{% include \"_evidence.html\" %}{% endwith -%}";
    let imported = "from \"_macros.html\" import evidence %}{{ evidence(rating.evidence) -}}";
    let of_rating = called("_rating_evidence.html", &[(included, imported)]);
    let renderer = with(&report);
    let with_evidence = Renderer::new().with_template("_rating_evidence.html", &of_rating).unwrap();
    let orphans = {
        let text = support::read(support::project("tests/documents/evaluation/missing-key--orphaned.ok.yaml"));
        support::library().check("o.yaml", &text).0.unwrap().score()
    };
    for scorecard in [example("rivera_final"), example("santos_two_evaluators"), example("novak_scored"), orphans] {
        let built_in = page(&Renderer::new(), &scorecard);
        assert!(page(&renderer, &scorecard) == built_in);
        assert!(page(&with_evidence, &scorecard) == built_in);
    }
}

#[test]
fn a_page_that_extends_the_built_in_one_has_its_macros() {
    let extends = "{% extends \"builtin/report.html\" %}{% block goals %}{% for item in goals.proposed %}{{ goal(item) }}{% endfor %}\
                   {{ hours(\"2\") }}{{ tag(none, none) }}{{ evidence([]) }}{% endblock %}";
    assert!(page(&with(extends), &example("rivera_final")).contains("2 contact hours"));
}

/// The tag of a level in the legend is of no indicator.
#[test]
fn a_part_sees_an_indicator_wherever_it_is_printed() {
    let mine = "<span class=\"tag\">{{ indicator.code }}</span>";
    let renderer = Renderer::new().with_template("_tag.html", mine).unwrap();
    assert!(page(&renderer, &example("rivera_final")).contains("<span class=\"tag\">4.1.1</span>"));
}

#[test]
fn one_renderer_keeps_rubrics_apart_however_many_there_are() {
    let renderer = Renderer::new();
    let scorecards = ["rivera_final", "lopez_provo", "novak_scored"].map(example);
    let alone = scorecards.each_ref().map(|scorecard| page(&Renderer::new(), scorecard));
    for _ in 0..2 {
        for (scorecard, alone) in scorecards.iter().zip(&alone) {
            assert!(page(&renderer, scorecard) == *alone);
        }
    }
    // The same rubric read anew forty times is forty rubrics.
    for _ in 0..40 {
        assert!(page(&renderer, &example("novak_scored")) == alone[2]);
    }
}

#[test]
fn who_rated_stands_beside_each_rating_where_there_are_several_evaluators() {
    let mut json = serde_json::to_value(example("rivera_final").evaluation()).unwrap();
    json["evaluators"].as_array_mut().unwrap().push(serde_json::json!({ "id": "E-9", "name": "Sam Okafor" }));
    json["status"] = "draft".into();
    for rating in json["ratings"].as_object_mut().unwrap().values_mut() {
        if rating.is_string() {
            *rating = serde_json::json!({ "level": rating });
        }
        rating["by"] = "E-9".into();
    }
    let rubric = support::library_of_examples().get("connecticut_school_social_work").unwrap();
    let (evaluation, found) = Evaluation::check("rivera", &json.to_string(), &rubric);
    let html = page(&Renderer::new(), &evaluation.unwrap_or_else(|| panic!("{found}")).score());
    assert!(html.contains("<ul class=\"plain by-several\">"));
    assert!(html.contains("<p class=\"by\">by <bdi>Sam Okafor</bdi></p>"));
    assert!(!html.contains("<div class=\"more\">\n          </div>"), "nothing is framed that is not there");
}

#[test]
fn a_part_that_fails_is_blamed_on_its_template_and_none_of_the_data_is_told() {
    let scorecard = example("rivera_final");
    let failing = Renderer::new().with_template("_rating.html", "{# one #}\n{{ indicator.salary }}").unwrap();
    let Err(Error::Template { name, line, reason }) = failing.report(&scorecard, Format::Html) else { panic!() };
    assert_eq!((name.as_str(), line), ("_rating.html", 2));
    assert!(!reason.contains("Rivera"), "{reason}");
    for (call, hint) in
        [("part()", "report.html"), ("part('_none.html')", "_none.html"), ("whole('_rating.html')", "report.html")]
    {
        let text = format!("{{% for item in scorecard.domains[0].ratings %}}{{{{ item.{call} }}}}{{% endfor %}}");
        let error = with(&text).report(&scorecard, Format::Html).unwrap_err().to_string();
        assert!(error.contains(hint) || error.contains("report.html"), "{call}: {error}");
    }
}
