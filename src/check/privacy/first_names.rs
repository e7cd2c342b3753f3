//! A list of first names common among children in the United States.

/// Whether a word is a common first name. Names that are more often words, months, places or schools are not among them.
pub(super) fn is_first_name(word: &str) -> bool {
    let unaccented = |letter| match letter {
        'á' | 'à' => 'a',
        'é' | 'ë' => 'e',
        'í' => 'i',
        'ó' | 'ô' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        letter => letter,
    };
    let folded: String = word.chars().flat_map(char::to_lowercase).map(unaccented).collect();
    let mut parts = folded.split('-');
    parts.all(|part| NAMES.binary_search(&part).is_ok())
}

/// In the order of the alphabet.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "aaliyah", "aaron", "abby", "abel", "abigail", "abraham", "ada", "adam", "adan", "addison", "adele", "adelina",
    "adrian", "adriana", "adrienne", "ahmad", "ahmed", "aidan", "aiden", "aisha", "alan", "alana", "albert",
    "alberto", "alejandra", "alejandro", "alex", "alexa", "alexander", "alexandra", "alexandria", "alexia", "alexis",
    "alfonso", "alfredo", "ali", "alice", "alicia", "alina", "alisha", "alison", "allan", "allen", "allison", "alma",
    "alondra", "alonzo", "alvaro", "alyssa", "amanda", "amara", "amari", "amaya", "amber", "amelia", "amina", "amir",
    "amira", "amy", "ana", "anahi", "anastasia", "andre", "andrea", "andreas", "andres", "andrew", "andy", "angela",
    "angelica", "angelina", "angelo", "angie", "anika", "anita", "ann", "anna", "annabelle", "anne", "annie",
    "anthony", "antoine", "antonia", "antonio", "anya", "araceli", "ari", "ariana", "arianna", "ariel", "armando",
    "arthur", "arturo", "asher", "ashley", "ashlyn", "ashton", "athena", "aubree", "aubrey", "audrey", "ava",
    "avery", "axel", "ayden", "ayesha", "bailey", "barbara", "beatrice", "beatriz", "becky", "bella", "ben",
    "benjamin", "bennett", "bernardo", "beth", "bethany", "bianca", "billy", "blake", "bobby", "bonnie", "brad",
    "bradley", "brandon", "brayan", "brayden", "breanna", "brenda", "brendan", "brenden", "brian", "briana",
    "brianna", "bridget", "brittany", "brody", "bruno", "bryan", "bryce", "bryson", "caden", "caitlin", "caleb",
    "callie", "calvin", "cameron", "camila", "camille", "carl", "carla", "carlos", "carly", "carmen", "carol",
    "caroline", "carolyn", "casey", "cassandra", "catalina", "catherine", "cecilia", "cedric", "celeste", "celia",
    "cesar", "chad", "chandler", "charles", "charlie", "charlotte", "chloe", "chris", "christina", "christine",
    "christopher", "ciara", "cindy", "claire", "clara", "claudia", "cody", "colby", "cole", "colin", "conner",
    "connor", "cooper", "cora", "corey", "courtney", "cristian", "cristina", "crystal", "curtis", "cynthia", "dalia",
    "damian", "damien", "damon", "dan", "dana", "daniel", "daniela", "danielle", "danny", "dante", "daphne",
    "darius", "darla", "darnell", "darren", "darryl", "dave", "david", "dawn", "deandre", "deanna", "deborah",
    "deja", "delilah", "denise", "dennis", "derek", "derrick", "deshawn", "desiree", "devin", "devon", "diana",
    "diane", "diego", "dillon", "dominic", "dominick", "dominique", "donald", "donna", "donovan", "doris", "dorothy",
    "douglas", "dylan", "eddie", "edgar", "edith", "eduardo", "edward", "edwin", "efrain", "eileen", "elaine",
    "eleanor", "elena", "eli", "eliana", "elias", "elijah", "elisa", "elise", "elizabeth", "ella", "ellen", "ellie",
    "elliot", "elsa", "elvis", "emanuel", "emely", "emerson", "emilia", "emiliano", "emilio", "emily", "emma",
    "emmanuel", "enrique", "eric", "erica", "erick", "erik", "erika", "erin", "ernesto", "esmeralda", "esperanza",
    "esteban", "estella", "esther", "ethan", "eva", "evan", "evelyn", "ezekiel", "ezra", "fabian", "fatima",
    "felicia", "felipe", "felix", "fernanda", "fernando", "fiona", "frances", "francesca", "francis", "francisco",
    "frank", "freddy", "frederick", "gabriel", "gabriela", "gabriella", "gabrielle", "gary", "gavin", "george",
    "gerald", "gerardo", "gianna", "gilbert", "gina", "giovanni", "giselle", "gloria", "gonzalo", "gregory", "greta",
    "griffin", "guadalupe", "guillermo", "gustavo", "gwen", "hailey", "haley", "hanna", "hannah", "harold", "harper",
    "harrison", "harry", "hassan", "hayden", "heather", "hector", "heidi", "helen", "helena", "henry", "hernan",
    "holly", "hugo", "hunter", "ian", "ibrahim", "ignacio", "imani", "ines", "ingrid", "irene", "irma", "isaac",
    "isabel", "isabella", "isabelle", "isaiah", "isaias", "ismael", "itzel", "ivan", "izabella", "jack", "jackie",
    "jaclyn", "jacob", "jacqueline", "jada", "jaden", "jaelyn", "jaiden", "jaime", "jake", "jaleel", "jalen",
    "jamal", "jamar", "james", "jamie", "jamir", "jane", "janelle", "janet", "janice", "jared", "jasmin", "jasmine",
    "jason", "javier", "javon", "jay", "jaycee", "jayceon", "jayden", "jayla", "jaylen", "jaylin", "jayson",
    "jazmin", "jazmine", "jean", "jeff", "jeffrey", "jenna", "jennifer", "jenny", "jeremiah", "jeremy", "jerome",
    "jerry", "jesse", "jessica", "jessie", "jesus", "jillian", "jim", "jimena", "jimmy", "joan", "joanna", "jocelyn",
    "jodi", "joe", "joel", "joey", "johan", "johanna", "john", "johnny", "jon", "jonah", "jonas", "jonathan",
    "jordan", "jordyn", "jorge", "jose", "josefina", "joseph", "josephine", "joshua", "josiah", "josue", "joyce",
    "juan", "juana", "juanita", "judith", "judy", "julia", "julian", "juliana", "julianna", "julie", "juliet",
    "julio", "julissa", "julius", "justin", "kadeem", "kai", "kaitlyn", "kaleb", "kamal", "kamari", "kara", "kareem",
    "karen", "karina", "karla", "kate", "katelyn", "katherine", "kathleen", "kathryn", "kathy", "katie", "katrina",
    "kayden", "kayla", "kaylee", "keisha", "keith", "kelly", "kelsey", "kelvin", "kendra", "kenneth", "kenny",
    "kenya", "kevin", "khadija", "khalid", "khalil", "kiara", "kim", "kimberly", "kira", "kobe", "kristen",
    "kristin", "kristina", "kyla", "kyle", "kylie", "kyra", "lamar", "lana", "larry", "latoya", "laura", "lauren",
    "laurie", "lawrence", "layla", "lea", "leah", "leandro", "leila", "lena", "leo", "leon", "leonardo", "leonel",
    "leslie", "leticia", "levi", "lexi", "liam", "liana", "lillian", "lilly", "lily", "linda", "lindsay", "lindsey",
    "lisa", "litzy", "lizbeth", "logan", "lola", "lorena", "lorenzo", "lori", "louis", "luca", "lucas", "lucia",
    "luciana", "lucy", "luis", "luisa", "luke", "luna", "luz", "lydia", "lynn", "mackenzie", "maddie", "maddox",
    "madeline", "madelyn", "maggie", "mahmoud", "makayla", "makenzie", "malachi", "malia", "malik", "manuel",
    "marcela", "marco", "marcos", "marcus", "margaret", "margarita", "maria", "mariah", "mariam", "mariana",
    "maribel", "marie", "marilyn", "mario", "marisol", "marissa", "maritza", "marjorie", "marlon", "marquis",
    "marta", "martha", "martin", "martina", "marvin", "mary", "mason", "mateo", "matias", "matt", "matthew",
    "maureen", "maurice", "mauricio", "max", "maxwell", "maya", "mckenzie", "megan", "mei", "melanie", "melissa",
    "melody", "melvin", "meredith", "mia", "micah", "michael", "michaela", "michelle", "miguel", "mikayla", "mike",
    "mila", "miles", "millie", "mina", "miranda", "miriam", "mitchell", "mohamed", "mohammad", "mohammed", "moises",
    "molly", "monica", "monique", "morgan", "moses", "muhammad", "mustafa", "mya", "myra", "nadia", "nancy", "naomi",
    "natalia", "natalie", "natasha", "nathan", "nathaniel", "neil", "nelson", "nevaeh", "nia", "nicholas", "nicolas",
    "nicole", "nikki", "nikolai", "nina", "noah", "noel", "noelle", "noemi", "nolan", "nora", "norma", "octavio",
    "olga", "oliver", "olivia", "omar", "orlando", "oscar", "owen", "pablo", "paige", "pamela", "paola", "patricia",
    "patrick", "paul", "paula", "paulina", "pedro", "penelope", "perla", "peter", "peyton", "philip", "phillip",
    "phoebe", "priscilla", "rachel", "rafael", "raheem", "ramon", "randall", "randy", "raquel", "rashad", "raul",
    "raymond", "rebecca", "reggie", "regina", "reginald", "rene", "renee", "ricardo", "richard", "ricky", "riley",
    "rita", "robert", "roberto", "robin", "rocio", "roderick", "rodney", "rodrigo", "rogelio", "roger", "roman",
    "ronald", "ronnie", "rosa", "rosalie", "rosario", "rosemary", "roxana", "ruben", "rudy", "russell", "ruth",
    "ryan", "sabrina", "sadie", "salvador", "sam", "samantha", "samira", "samuel", "sandra", "santiago", "santino",
    "sara", "sarah", "sasha", "saul", "scarlett", "scott", "sean", "sebastian", "selena", "serena", "sergio", "seth",
    "shakira", "shane", "shania", "shanice", "shannon", "sharon", "shaun", "shawn", "sheila", "shelby", "sherry",
    "sidney", "silvia", "simon", "simone", "skylar", "sofia", "sonia", "sonya", "sophia", "sophie", "stacy",
    "stella", "stephanie", "stephen", "steve", "steven", "stuart", "sue", "susan", "sydney", "sylvia", "tabitha",
    "talia", "tamara", "tamika", "tammy", "tania", "tanya", "tara", "tariq", "tasha", "tatiana", "taylor",
    "terrance", "terrell", "terrence", "terry", "theo", "theodore", "theresa", "thiago", "thomas", "tia", "tiana",
    "tiffany", "tim", "timothy", "tina", "toby", "todd", "tom", "tommy", "tony", "tonya", "travis", "trevon",
    "trevor", "trey", "tristan", "troy", "tyler", "tyrese", "tyrone", "tyson", "uriel", "valentina", "valeria",
    "valerie", "vanessa", "vera", "veronica", "vicente", "victor", "victoria", "vincent", "vivian", "viviana",
    "wanda", "wendy", "wesley", "whitney", "wilfredo", "willie", "wilson", "xander", "xavier", "ximena", "yahir",
    "yamileth", "yasmin", "yasmine", "yesenia", "yolanda", "yousef", "yusuf", "yvette", "yvonne", "zachary", "zack",
    "zahra", "zaire", "zane", "zara", "zion", "zoe", "zoey",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_in_order_and_each_there_once() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
        assert!(["Devon", "María", "JAYDEN", "Ana-Sofía"].iter().all(|name| is_first_name(name)));
        assert!(!["April", "Lincoln", "Second", ""].iter().any(|word| is_first_name(word)));
    }
}
