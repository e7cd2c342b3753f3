//! An evaluation that a host builds itself, rating by rating, without any file.

#![allow(clippy::print_stdout, reason = "an example shows something")]

use std::error::Error;

use appraise::{Employee, Evaluation, Evaluator, Evidence, Library, Period, Severity, Whom};

fn main() -> Result<(), Box<dyn Error>> {
    let library = Library::bundled();
    let (Some(rubric), Some(period)) =
        (library.get("connecticut_school_social_work"), Period::new("2025-08-25", "2026-06-12"))
    else {
        return Ok(());
    };

    let mut evaluator = Evaluator::new("E-0007", "Priya Shah");
    evaluator.qualifications.push("school_social_work".to_owned());
    let whom = Whom::Employee(Employee::new("E-1042", "Jordan Rivera"));
    let mut evaluation = Evaluation::new(&rubric, whom, evaluator, period)?;

    for indicator in rubric.indicators() {
        evaluation.rate(&indicator.id, "has_met")?;
    }
    let rating = evaluation.rate("deadlines", "has_not_met")?;
    rating.comment = Some("11 of 26 reports were late.".to_owned());
    rating.evidence.extend(Evidence::new("Record review of the year's reports.").on("2026-05-20"));
    evaluation.rate("inventories", "no_opportunity_to_practice")?;
    match evaluation.clone().finish("2026-05-29", "E-0007") {
        Ok(()) => println!("this is not reached"),
        Err(findings) => {
            for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
                println!("not final yet: {}", finding.message);
            }
        }
    }
    let rating = evaluation.rate("inventories", "no_opportunity_to_practice")?;
    rating.comment = Some("Done by school psychologists here.".to_owned());
    match evaluation.rate("deadlines", "has_nearly_met") {
        Ok(_) => println!("this is not reached"),
        Err(error) => println!("refused: {error}"),
    }

    evaluation.finish("2026-05-29", "E-0007")?;
    println!("{:?}, {}", evaluation.status(), evaluation.fingerprint());

    let scorecard = evaluation.score();
    let overall = scorecard.overall();
    println!("{} of {} rated indicators met", overall.met, overall.rated);
    if let Some(share) = overall.share_met() {
        println!("exactly {share}, or {}, or {} %", share.decimal(), share.percent());
    }
    for goal in scorecard.goals().goals.iter().take(2) {
        println!("goal for {}: {}", goal.indicator, goal.statement);
    }
    Ok(())
}
