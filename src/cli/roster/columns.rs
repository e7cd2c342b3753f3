//! The columns of a roster, under the names that HR systems, OneRoster and people give them.

use appraise::table::Record;

use super::super::messages::clean;

macro_rules! columns {
    ($($column:ident $name:literal $path:literal $($alias:literal)*;)*) => {
        /// The content of a roster's column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column {
            $($column,)*
        }

        impl Column {
            pub(super) const ALL: &[Self] = &[$(Self::$column),*];

            /// The name that the documentation gives it.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$column => $name,)*
                }
            }

            /// The place in an evaluation; below the employee or organization unless it begins with `/`.
            pub(super) fn path(self) -> &'static str {
                match self {
                    $(Self::$column => $path,)*
                }
            }

            /// Other headers for it, without blanks, marks and capitals.
            fn aliases(self) -> &'static [&'static str] {
                match self {
                    $(Self::$column => &[$($alias),*],)*
                }
            }
        }
    };
}

columns! {
    Id "id" "id" "employeeid" "employeenumber" "employeeno" "employee#" "empid" "emp#" "staffid" "staffnumber" "personid"
        "personnelnumber" "teacherid" "sourcedid" "identifier" "organizationid" "schoolid" "orgid";
    Name "name" "name" "fullname" "employeename" "staffname" "displayname" "organizationname";
    LastFirst "last_name_first_name" "name" "lastnamefirstname" "lastfirst" "lastnamefirst";
    Family "last_name" "name" "lastname" "familyname" "surname" "last" "legallastname";
    Given "first_name" "name" "firstname" "givenname" "first" "legalfirstname";
    Middle "middle_name" "name" "middlename" "middle" "middleinitial" "mi";
    Title "title" "title" "jobtitle" "position" "positiontitle" "job" "assignmenttitle";
    School "school" "assignments.school" "schoolname" "building" "buildingname" "site" "location" "campus" "worksite"
        "worklocation";
    Fte "fte" "assignments.fte" "ftepercent" "percentfte" "fulltimeequivalent" "assignmentfte" "fte%" "%fte";
    HiredOn "hired_on" "hired_on" "hiredate" "datehired" "dateofhire" "originalhiredate" "hired";
    CertificateKind "certificate_kind" "certificate.kind" "certificate" "certificatetype" "certification" "licensetype";
    CertificateFrom "certificate_from" "certificate.from" "certificateissued" "certificateissuedate"
        "certificateeffectivedate";
    CertificateTo "certificate_to" "certificate.to" "certificateexpires" "certificateexpirationdate" "certificateexpiration";
    PeriodFrom "period_from" "/period.from" "periodstart" "periodbegin" "evaluationperiodstart";
    PeriodTo "period_to" "/period.to" "periodend" "evaluationperiodend";
    EvaluatorId "evaluator_id" "/evaluators.id" "supervisorid" "evaluatoremployeeid";
    Evaluator "evaluator" "/evaluators.name" "evaluatorname" "supervisor" "supervisorname";
}

impl Column {
    pub(super) fn is_date(self) -> bool {
        use Column::{CertificateFrom, CertificateTo, HiredOn, PeriodFrom, PeriodTo};
        matches!(self, HiredOn | CertificateFrom | CertificateTo | PeriodFrom | PeriodTo)
    }
}

/// Columns of exports that no form needs.
const UNUSED: [&str; 26] = [
    "status", "datelastmodified", "enableduser", "orgsourcedids", "primaryorgsourcedid", "role", "roles", "username",
    "userids", "usermasteridentifier", "email", "emailaddress", "workemail", "sms", "phone", "phonenumber",
    "workphone", "agentsourcedids", "grades", "password", "preferredfirstname", "preferredmiddlename",
    "preferredlastname", "pronouns", "department", "gender",
];

/// The columns of an organization.
const OF_ORGANIZATION: [Column; 6] =
    [Column::Id, Column::Name, Column::PeriodFrom, Column::PeriodTo, Column::EvaluatorId, Column::Evaluator];

/// The columns of one roster.
#[derive(Debug)]
pub(super) struct Columns {
    /// The columns by the index of the cell; `None` for an unused one.
    list: Vec<Option<Column>>,
    /// The columns' names in the header.
    names: Vec<String>,
}

impl Columns {
    /// Reads the row that names the columns, or says everything that is wrong with it. Second come the columns that are left
    /// out.
    pub(super) fn read(header: &Record, is_employee: bool) -> Result<(Self, Vec<String>), Vec<String>> {
        let names: Vec<String> = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let known = |column: Column| is_employee || OF_ORGANIZATION.contains(&column);
        let mut list: Vec<Option<Column>> = names.iter().map(|name| column(name).filter(|one| known(*one))).collect();
        let (mut faults, mut unused) = (Vec::new(), Vec::new());
        // OneRoster has a `sourcedId` and an `identifier`: the first is what other tables refer to.
        one_of_two(&names, &mut list, &mut unused);
        let mut unknown = Vec::new();
        for (at, name) in names.iter().enumerate().filter(|(at, _)| list.get(*at) == Some(&None)) {
            match plain(name) {
                plain if plain.is_empty() => faults.push(format!("column {} has no name", at + 1)),
                plain if UNUSED.contains(&plain.as_str()) => unused.push(name.clone()),
                _ if unused.contains(name) => {}
                _ => unknown.push(format!("`{}`", clean(name))),
            }
        }
        if !unknown.is_empty() {
            let all: Vec<&str> = Column::ALL.iter().filter(|one| known(**one)).map(|one| one.name()).collect();
            faults.push(format!(
                "there is no column {}: rename or delete what stands there; the columns are {}",
                unknown.join(", "),
                all.join(", ")
            ));
        }
        for (at, column) in list.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?))) {
            if let Some(first) = list.iter().take(at).position(|other| *other == Some(column)) {
                let name = |at: usize| names.get(at).map_or("", String::as_str);
                faults.push(format!(
                    "`{}` and `{}` are both the column `{}`: keep one of them",
                    clean(name(first)),
                    clean(name(at)),
                    column.name()
                ));
            }
        }
        let has = |column: Column| list.contains(&Some(column));
        if !has(Column::Id) {
            faults.push("the column `id` is missing".to_owned());
        }
        match [has(Column::Name) || has(Column::LastFirst), has(Column::Family), has(Column::Given)] {
            [true, false, false] | [false, true, true] => {}
            [true, ..] => faults.push("the name stands there whole and in parts: keep one of the two".to_owned()),
            _ => faults.push("the column `name` is missing".to_owned()),
        }
        for (one, other) in [(Column::PeriodFrom, Column::PeriodTo), (Column::EvaluatorId, Column::Evaluator)] {
            for (one, other) in [(one, other), (other, one)] {
                if has(one) && !has(other) {
                    faults.push(format!("the column `{}` is missing beside `{}`", other.name(), one.name()));
                }
            }
        }
        if faults.is_empty() { Ok((Self { list, names }, unused)) } else { Err(faults) }
    }

    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// The non-blank cells of a row, each with its column and the column's name.
    pub(super) fn cells<'a>(&'a self, row: &'a Record) -> impl Iterator<Item = (Column, &'a str, &'a str)> {
        let columns = self.list.iter().zip(&self.names).zip(&row.cells);
        columns
            .filter_map(|((column, name), cell)| Some((column.as_ref().copied()?, name.as_str(), cell.trim())))
            .filter(|(.., cell)| !cell.is_empty())
    }

    /// The name of a column in the header.
    pub(super) fn header(&self, column: Column) -> Option<&str> {
        let at = self.list.iter().position(|known| *known == Some(column))?;
        self.names.get(at).map(String::as_str)
    }

    /// Whether the roster has the column.
    pub(super) fn has(&self, column: Column) -> bool {
        self.list.contains(&Some(column))
    }
}

/// Whether a row may be the one that names the columns: it has an id, and a name or a part of one.
pub(super) fn is_header(row: &Record) -> bool {
    let columns: Vec<Column> = row.cells.iter().filter_map(|cell| column(cell)).collect();
    let names = [Column::Name, Column::LastFirst, Column::Family];
    columns.contains(&Column::Id) && columns.iter().any(|column| names.contains(column))
}

/// The column that a header names.
fn column(header: &str) -> Option<Column> {
    let written = plain(header);
    let is = |column: &&Column| plain(column.name()) == written || column.aliases().contains(&written.as_str());
    Column::ALL.iter().find(is).copied()
}

/// Drops `identifier` where a more specific id exists.
fn one_of_two(names: &[String], list: &mut [Option<Column>], unused: &mut Vec<String>) {
    if list.iter().filter(|column| **column == Some(Column::Id)).count() < 2 {
        return;
    }
    for (name, column) in names.iter().zip(list).filter(|(name, _)| plain(name) == "identifier") {
        *column = None;
        unused.push(name.clone());
    }
}

/// A header without case, blanks, hyphens and points.
fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric() || "#%".contains(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_exports_are_the_columns_they_mean() {
        for (header, name) in [
            ("Employee ID", "id"),
            ("sourcedId", "id"),
            ("EMP #", "id"),
            ("Last Name", "last_name"),
            ("givenName", "first_name"),
            ("Last Name, First Name", "last_name_first_name"),
            ("Hire Date", "hired_on"),
            ("Building", "school"),
            ("FTE %", "fte"),
            ("certificate-from", "certificate_from"),
            ("Supervisor ID", "evaluator_id"),
        ] {
            assert_eq!(column(header).map(Column::name), Some(name), "{header}");
        }
        for column in Column::ALL {
            assert!(column.aliases().iter().all(|alias| plain(alias) == *alias), "{column:?}");
        }
    }
}
