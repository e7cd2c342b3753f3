//! Compares what the library writes in this host with what it writes elsewhere.

mod written;

const EXPECTED: &str = include_str!("expected.txt");

fn main() {
    assert_eq!(serde_json::json!(1.10).to_string(), "1.1");
    let exact: serde_json::Value = serde_json::from_str("1.10").expect("it is a number");
    assert_eq!(exact.to_string(), "1.10", "the feature is on");
    let written = written::written();
    if written != EXPECTED {
        println!("{written}");
        println!("the library writes something else in a host that turns on `arbitrary_precision`: see expected.txt");
        std::process::exit(1);
    }
}
