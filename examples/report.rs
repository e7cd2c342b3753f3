//! The whole way: an evaluation in YAML to a page, with a district's own template in place of the built-in one.

#![allow(clippy::print_stdout, reason = "an example shows something")]

use std::error::Error;

use appraise::{Evaluation, Format, Library, Renderer};

const EVALUATION: &str = include_str!("evaluations/okafor_interim.yaml");

const TEMPLATE: &str = "\
# {{ evaluation.name }}, {{ evaluation.type_label | lower }}

{% for bar in bars -%}
{{ bar.code }} {{ bar.title }}: {{ bar.met }} of {{ bar.rated }} met
{% endfor %}
{%- for place in growth_areas %}
To work on, {{ place.rating.code }}: {{ place.rating.comment }}
{% endfor %}";

fn main() -> Result<(), Box<dyn Error>> {
    let library = Library::bundled();
    let rubric = library.rubric_for("okafor.yaml", EVALUATION)?;
    let scorecard = Evaluation::parse("okafor.yaml", EVALUATION, &rubric)?.score();

    let built_in = Renderer::new().report(&scorecard, Format::Html)?;
    println!("the built-in report is one file and begins with {:?}\n", built_in.lines().next().unwrap_or_default());

    let own = Renderer::new().with_template("report.md", TEMPLATE)?;
    println!("{}", own.report(&scorecard, Format::Markdown)?);

    match Renderer::new().with_template("report.md", "{{ evaluation.nmae }}")?.report(&scorecard, Format::Markdown) {
        Ok(_) => println!("this is not reached"),
        Err(error) => println!("a mistake in a template: {error}"),
    }
    Ok(())
}
