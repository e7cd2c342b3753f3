//! Lists the items of a library's public API, a line each: `appraise-api RUSTDOC.json`. What every type has is left out:
//! blanket, automatic and derived implementations.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the file that rustdoc wrote")?;
    let api = public_api::Builder::from_rustdoc_json(path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()?;
    print!("{api}");
    Ok(())
}
