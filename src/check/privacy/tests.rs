//! Tests of the search over sentences with and without student data.

use super::*;

fn found(text: &str) -> Vec<(PersonalData, &str)> {
    let staff = Staff::of(["Jordan Rivera", "Priya Shah", "Dana Cole"].into_iter());
    matches(text, &staff).into_iter().map(|(kind, range)| (kind, text.get(range).unwrap_or_default())).collect()
}

/// Each of the cases is found as it stands, alone and within a text.
fn each_is(kind: PersonalData, cases: &str, around: [&str; 3]) {
    for case in cases.split(" | ") {
        for text in [case.to_owned()].into_iter().chain(around.map(|around| around.replace('_', case))) {
            assert_eq!(found(&text), [(kind, case)], "{text}");
        }
    }
}

#[test]
fn telephone_numbers() {
    let cases = "\
        (203) 555-0142 | (203)555-0142 | (203) 555.0142 | (203) - 555-0142 | 203-555-0142 | 203.555.0142 | \
        203 555-0142 | 203 555 0142 | 203/555-0142 | 203–555–0142 | 1-203-555-0142 | 1 (203) 555-0142 | +1 203-555-0142 | \
        +1 (203) 555-0142 | +1.203.555.0142 | +12035550142 | +1 2035550142";
    each_is(PersonalData::Telephone, cases, ["Call _.", "“_”, at noon", "tel:_x12"]);
    assert_eq!(found("203-555-0142/203-555-0143").len(), 2);
    assert_eq!(found("203-555-0142 or (860) 555-0143").len(), 2);
}

#[test]
fn email_addresses() {
    let cases = "\
        a@b.org | pat.lee+home@mail.example.com | 203-555-0142@txt.example.net | josé@escuela.mx | 12@x.us";
    each_is(PersonalData::Email, cases, ["Wrote to _.", "<_>, and", "'_'"]);
    assert_eq!(found("a@b.org, c@d.org;e@f.org").len(), 3);
}

#[test]
fn dates_of_birth() {
    let cases = "\
        DOB 3/4/2012 | DOB: 03/04/12 | dob 03-04-2012 | D.O.B. 3.4.2012 | D.O.B.: 2012-03-04 | Dob=3/4/2012 | \
        born 3/4/2012 | born on March 4, 2012 | born Mar. 4 2012 | Born March 4th, 2012 | born 4 March 2012 | \
        born on Sept. 30, 2011 | date of birth 3/4/2012 | Date of Birth: May 4, 2012 | date of birth (3/4/2012 | \
        date of birth is 3/4/2012 | date of birth was: 3/4/2012 | birth date: 3/4/2012 | birthdate 3/4/2012 | born\n      March 4, 2012";
    each_is(PersonalData::BirthDate, cases, ["(_)", "A boy, _, and", "_."]);
}

#[test]
fn student_numbers() {
    let cases = "\
        student 104512 | Student #104512 | student ID 104512 | student ID: 104512 | student id# 104512 | \
        student's ID number is 104512 | student’s number 104512 | student no. 104512 | SASID 1045120001 | \
        SASID: 1045120001 | SASID #1045120001 | ID# 104512 | ID #104512 | id#10451 | student SASID 1045120001";
    each_is(PersonalData::StudentNumber, cases, ["(_)", "With _, twice.", "_."]);
}

#[test]
fn text_that_resembles_personal_data_is_left_alone() {
    let cases = "\
        9 of 9 | 31 of 58 students | 6 of 8 reports | 98.5% of 412 | 100% | grades K–2 | grade 4-5, 40 minutes | \
        2025-26 | 2025-2026 | the 2025–26 school year | from 2025-08-25 to 2026-06-12 | 03/04/2026 | 9:30-10:15 | \
        March 4, 2026 | 412, 388 and 1042 | 0.6 FTE | $203.55 | 1,204,512 | 203,555,0142 | section 504 | \
        Section 504-2025 | 12-116 | 4.1.3 | 10-151b | 10-76d-1 | C.G.S. § 10-220(a) | 34 CFR 300.320 | E-1042 | \
        E-0007 | school 093-0211 | school 64-211-0142 | CIP 13.1205 | room 203 | P-20 WIN | v1.0.0 | \
        978-0-13-468599-1 | 192.168.0.142 | 2035550142 | 203555-0142 | (203555-0142 | (203) 155-0142 | \
        103-555-0142 | 203-055-0142 | 12-203-555-0142 | 203-555-0142-77 | 203-555-01421 | 203-555-0142b | \
        203-5550-142 | K203-555-0142 | +44 20 7946 0958 | 555-0142 | 911 | 2-1-1 | 1-2-3 | @home | drop-in @ noon | \
        2 @ 10.30 | a@b | a@b.c | a@.org | @example.org | each @5.00 | a@@b.org | born in 2012 | born in March | \
        born leaders | a newborn 3/4/2012 | stubborn 3/4/2012 | date of 3/4/2012 | date of birth was not recorded | \
        born 13/45/2012 | born 13/4/2012 | born 3/45/2012 | born 003/4/2012 | born 2012-03-004 | born Monday 4, 2012 | born 3/4 | DOB on file | birthday party on Friday | born March 4 | born 4.1.3 | \
        reborn on March 4, 2012 | students 104512 | student 2025 | student 1042 | student 12,500 times | \
        student 10451.50 | student 15000% | student council 104512 | student ID cards | ID 104512 | \
        employee ID# 104512 | Staff ID #104512 | SASID | Midland# 104512 | student | student's | \
        each student: 9 of 9 | student 104512b";
    for text in cases.split(" | ") {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn any_text_is_read_in_time_and_without_a_panic() {
    let pieces = "a|1|+1|(|a@|a.|@|id |student |born |born on |student's id no. | |é|’|203-|203-555-|D.O.B. |sept. 1st, |日本|date of ";
    let pieces: Vec<&str> = pieces.split('|').collect();
    for piece in &pieces {
        let long = piece.repeat(200_000 / piece.len());
        let start = std::time::Instant::now();
        assert_eq!(found(&long).len(), 0, "{piece}");
        assert!(start.elapsed().as_secs() < 10, "{piece}: {:?}", start.elapsed());
        for other in &pieces {
            for third in &pieces {
                let _ = found(&format!("{piece}{other}{third}{piece}"));
            }
        }
    }
}

/// Sentences, one a line, each of which identifies a student.
const IDENTIFY: &str = include_str!("sentences_student.txt");
/// Sentences, one a line, as evaluations of staff are full of them.
const ORDINARY: &str = include_str!("sentences_ordinary.txt");

#[test]
fn a_sentence_that_identifies_a_student_is_found_and_an_ordinary_one_is_not() {
    let missed: Vec<&str> = IDENTIFY.lines().filter(|line| found(line).is_empty()).collect();
    let wrong: Vec<_> =
        ORDINARY.lines().map(|line| (line, found(line))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "missed: {missed:#?}\nordinary: {wrong:#?}");
}

#[test]
fn the_name_is_the_place() {
    let place = |text| found(text).into_iter().map(|(_, part)| part).collect::<Vec<_>>();
    assert_eq!(place("Met with Maria Gonzalez (grade 7), twice."), ["Maria Gonzalez"]);
    assert_eq!(place("Student J.R., 4th grade."), ["J.R."]);
    assert_eq!(place("Jayden W.'s IEP and Devon’s mother."), ["Jayden W", "Devon"]);
}

#[test]
fn whom_the_document_lists_is_no_student() {
    let of = |names: &[&str]| {
        matches("Met José Ruiz (grade 7) and J.R., 4th grade.", &Staff::of(names.iter().copied())).len()
    };
    assert_eq!(of(&[]), 2);
    assert_eq!(of(&["Jose\u{301} Ruiz"]), 1);
    assert_eq!(of(&["Ana Ruiz"]), 2);
}
