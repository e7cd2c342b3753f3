//! Ratings as templates see them: their values are those of the JSON, and never those of another evaluation or rubric.

#![cfg(feature = "render")]
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod support;

use appraise::{Checked, Error, Evaluation, Format, Renderer, Scorecard};
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
                "{{{one_by_one} \"has_more\": {{{{ item.has_more|json }}}}, \"by_name\": {{{{ item.by_name|json }}}}, \"given\": {{{{ item.given|json }}}}}}\n"
            ),
            "{{ item|json }}\n".to_owned(),
        ] {
            let printed = page(&with(&each.replace("ROW", &row)), &scorecard);
            let printed: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(printed.len(), expected.len(), "{name}");
            for (mut printed, expected) in printed.into_iter().zip(&expected) {
                let has_more = printed.as_object_mut().unwrap().remove("has_more").unwrap();
                // A bar is of a number, of which these rubrics have none.
                assert!(printed.as_object_mut().unwrap().remove("bar").is_none_or(|bar| bar.is_null()), "{name}");
                // Of a rubric with one scale no rating is a line of a checklist, and nothing here is rated itself.
                for key in ["run", "checks", "has_source", "rated_itself", "titled", "untitled"] {
                    printed.as_object_mut().unwrap().remove(key);
                }
                let by_name = printed.as_object_mut().unwrap().remove("by_name").unwrap();
                assert_eq!(
                    by_name.is_null(),
                    scorecard.evaluation().evaluators().len() == 1 || expected["by"].is_null()
                );
                let given = printed.as_object_mut().unwrap().remove("given").unwrap();
                assert_eq!(given, expected["label"], "{name}");
                assert_eq!(&printed, expected, "{name}");
                let is_said = |key: &str| !expected[key].is_null() && expected[key] != Value::Array(Vec::new());
                let said = ["comment", "evidence", "descriptor", "lacks_qualification"];
                assert!(has_more.as_bool().unwrap() || !said.iter().any(|key| is_said(key)), "{name}: {expected}");
            }
        }
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
        let Checked { value: evaluation, diagnostics: found } = Evaluation::check("rivera", &json.to_string(), &rubric);
        let scorecard = evaluation.unwrap_or_else(|| panic!("{found}")).score();
        page(&Renderer::new(), &scorecard).contains("<p class=\"prose long\" dir=\"auto\"><span class=\"unseen\">")
    };
    assert_eq!([1, 601, 1200, 1201, 4000].map(is_long), [false, false, false, true, true]);
}

#[test]
fn a_template_that_is_replaced_after_a_page_was_made_makes_other_pages() {
    let scorecard = example("rivera_final");
    let renderer = Renderer::new();
    assert!(page(&renderer, &scorecard).contains("<p class=\"what\""));
    let other = renderer
        .clone()
        .with_template("_ratings.html", "{% for rating in list %}<li>mine: {{ rating.code }}\n{% endfor %}")
        .unwrap();
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
            ("{% include entries %}", "{{ ratings(list, evaluators) }}"),
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
    let included = "{% with list = rating.evidence %}{% include \"_evidence.html\" %}{% endwith %}";
    let imported = "{% from \"_macros.html\" import evidence %}{{ evidence(rating.evidence) }}";
    let ratings = called("_ratings.html", &[(included, imported)]);
    let renderer = with(&report);
    let with_evidence = Renderer::new().with_template("_ratings.html", &ratings).unwrap();
    let orphans = {
        let text = support::read(support::project("tests/documents/evaluation/missing-key--orphaned.ok.yaml"));
        support::library().check("o.yaml", &text).value.unwrap().score()
    };
    for scorecard in [
        example("rivera_final"),
        example("santos_two_evaluators"),
        example("novak_scored"),
        example("okoye_harlow"),
        orphans,
    ] {
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
    let Checked { value: evaluation, diagnostics: found } = Evaluation::check("rivera", &json.to_string(), &rubric);
    let html = page(&Renderer::new(), &evaluation.unwrap_or_else(|| panic!("{found}")).score());
    assert!(html.contains("<ul class=\"plain by-several\">"));
    assert!(html.contains("<p class=\"by\">by <bdi>Sam Okafor</bdi></p>"));
    assert!(!html.contains("<div class=\"more\">\n          </div>"), "nothing is framed that is not there");
}

#[test]
fn an_included_template_that_fails_is_named_and_none_of_the_data_is_told() {
    let ratings = "{# one #}\n{% for rating in list %}{{ rating.salary }}{% endfor %}";
    let failing = Renderer::new().with_template("_ratings.html", ratings).unwrap();
    let Err(Error::Template { name, line, reason }) = failing.report(&example("rivera_final"), Format::Html) else {
        panic!()
    };
    assert_eq!((name.as_str(), line), ("_ratings.html", 2));
    assert!(!reason.contains("Rivera"), "{reason}");
}

#[test]
fn a_filter_or_a_method_that_does_not_exist_is_told_with_its_place() {
    for (call, expected) in [
        ("{{ domain.ratings|parts('_row.html') }}", "unknown filter"),
        ("{{ domain.ratings[0].part('_row.html') }}", "unknown method"),
        ("{{ blank('comment') }}", "unknown function"),
    ] {
        let report = format!("\n{{% for domain in scorecard.domains %}}{call}{{% endfor %}}");
        let Err(Error::Template { line, reason, .. }) = with(&report).report(&example("rivera_final"), Format::Html)
        else {
            panic!("{call}")
        };
        assert!(line == 2 && reason.starts_with(expected) && reason.contains(call), "{reason}");
    }
}

/// A line of a checklist has no entry of its own, so the reason stands below the line.
#[test]
fn a_checklist_says_why_a_rating_follows_from_observations() {
    let rubric = support::parsed(
        "id: r\nversion: 1.0.0\ntitle: R\n\
         observations: { kinds: [{ id: visit, label: Visit }], rating: latest }\n\
         scales: { checklist: { levels: [{ id: absent, label: Absent }, { id: there, label: There }], meets_at: there } }\n\
         domains:\n  - { id: practice, title: Practice, indicators: [{ id: plans, statement: Writes plans. }] }\n  \
         - { id: files, title: Files, scale: checklist, indicators: [{ id: one, statement: One. }, { id: two, statement: Two. }] }\n",
    );
    let text = "rubric: { id: r }\nemployee: { id: E-1, name: Ann }\nevaluators: [{ id: E-2, name: Bo }]\n\
                period: { from: 2025-08-25, to: 2026-06-12 }\nratings: {}\n\
                observations: [{ id: fall, kind: visit, date: 2025-10-14, ratings: { one: there } }]\n";
    let scorecard = Evaluation::parse("e.yaml", text, &rubric).unwrap_or_else(|found| panic!("{found}")).score();
    let page = page(&Renderer::new(), &scorecard);
    let checklist = page.split("class=\"scroll checklist\"").nth(1).unwrap();
    assert!(checklist.contains("There on 2025-10-14"), "{checklist}");
}
