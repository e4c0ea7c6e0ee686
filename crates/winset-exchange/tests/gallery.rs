//! Files as they are found, and files made to do harm: what is said about each, as snapshots.

mod common;

use winset_exchange::{Code, Import, InputFile, Options, import};

/// A name, and the files.
type Example = (&'static str, Vec<InputFile>);

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> InputFile {
    InputFile { name: name.to_owned(), bytes: bytes.into() }
}

const DOMAIN: &str = r#"<negotiation_template><utility_space number_of_issues="2">
<objective index="0" name="shop" type="objective">
<issue index="1" name="colour" type="discrete"><item index="1" value="red"/><item index="2" value="blue"/></issue>
<issue index="2" name="price" type="integer" lowerbound="0" upperbound="3"/>
</objective></utility_space></negotiation_template>"#;

const PROFILE: &str = r#"<utility_space><objective index="0" name="shop" type="objective">
<issue index="1" name="colour" type="discrete"><item index="1" value="red" evaluation="3"/><item index="2" value="blue" evaluation="7"/></issue>
<issue index="2" name="price" type="integer" lowerbound="0" upperbound="3"><evaluator ftype="linear" slope="0.25" offset="0.1"/></issue>
<weight index="1" value="0.4"/><weight index="2" value="0.6"/>
</objective><reservation value="0.2"/></utility_space>"#;

const SPACE: &str = "type: DiscreteCartesianOutcomeSpace\nname: shop\nissues:\n- {name: colour, type: CategoricalIssue, values: [red, blue]}\n- {name: price, type: ContiguousIssue, values: [0, 3]}\n";

const FUNCTION: &str = "type: LinearAdditiveUtilityFunction\nname: buyer\nreserved_value: 0.2\nweights: [0.4, 0.6]\nvalues:\n- {type: TableFun, mapping: {red: 0.5, blue: 1.0}}\n- {type: AffineFun, slope: -0.25, bias: 0.75}\n";

const WEB_DOMAIN: &str =
    r#"{"name":"shop","issuesValues":{"colour":{"values":["red","blue"]},"price":{"range":["0","3","1"]}}}"#;

const WEB_PROFILE: &str = r#"{"LinearAdditiveUtilitySpace":{"name":"buyer","issueUtilities":{
 "colour":{"discreteutils":{"valueUtilities":{"red":0.5,"blue":1.0}}},
 "price":{"numberutils":{"lowValue":0,"lowUtility":1,"highValue":3,"highUtility":0}}},
 "issueWeights":{"colour":0.4,"price":0.6},
 "reservationBid":{"issuevalues":{"colour":"red","price":"3"}}}}"#;

/// A domain and one profile, each changed in places.
fn genius(domain: &[(&str, &str)], profile: &[(&str, &str)]) -> Vec<InputFile> {
    vec![file("shop.xml", changed(DOMAIN, domain)), file("shop_buyer.xml", changed(PROFILE, profile))]
}

fn negmas(domain: &[(&str, &str)], profile: &[(&str, &str)]) -> Vec<InputFile> {
    vec![file("shop.yml", changed(SPACE, domain)), file("shop_buyer.yml", changed(FUNCTION, profile))]
}

fn geniusweb(domain: &[(&str, &str)], profile: &[(&str, &str)]) -> Vec<InputFile> {
    vec![file("shop.json", changed(WEB_DOMAIN, domain)), file("shop_buyer.json", changed(WEB_PROFILE, profile))]
}

fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there to change");
        text.replacen(from, to, 1)
    })
}

fn with(mut files: Vec<InputFile>, more: Vec<InputFile>) -> Vec<InputFile> {
    files.extend(more);
    files
}

/// Dirt that does not stand in the way: there is a case all the same.
fn dirt() -> Vec<Example> {
    let mut bytes = changed(DOMAIN, &[("red", "r@d")]).into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'@').unwrap();
    bytes[at] = 0xf6;
    let mut profile = changed(PROFILE, &[("red", "r@d")]).into_bytes();
    let at = profile.iter().position(|byte| *byte == b'@').unwrap();
    profile[at] = 0xf6;
    let wide = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    vec![
        ("clean-genius", genius(&[], &[])),
        ("clean-negmas", negmas(&[], &[])),
        ("clean-geniusweb", geniusweb(&[], &[])),
        (
            "text-before-the-declaration",
            genius(
                &[(
                    "<negotiation_template>",
                    "\n\n<!-- made by hand -->\nAn old template\n<?xml version=\"1.0\"?>\n<negotiation_template>",
                )],
                &[],
            ),
        ),
        ("bytes-that-are-not-utf8", vec![file("shop.xml", bytes), file("shop_buyer.xml", profile)]),
        ("clean-utf-16", vec![file("shop.xml", wide(DOMAIN)), file("shop_buyer.xml", wide(PROFILE))]),
        (
            "files-that-are-nothing",
            with(
                genius(&[], &[]),
                vec![
                    file("._shop.xml", [0_u8, 5, 22, 7].to_vec()),
                    file("pareto.xml", "0.9, 1\n0.8, 0.7\n"),
                    file("numbers.xml", "0.9, 1\n"),
                    file("page.xml", "<html/>"),
                    file("notes.json", "{\"a\": 1}"),
                    file("empty.yml", ""),
                    file("shop.pdf", "%PDF"),
                ],
            ),
        ),
        (
            "another-domains-profile",
            with(
                genius(&[], &[]),
                vec![file("taxi.xml", changed(PROFILE, &[("colour", "route"), ("\"price\"", "\"fare\"")]))],
            ),
        ),
        ("value-twice", genius(&[("<item index=\"2\"", "<item index=\"2\" value=\"red\"/><item index=\"3\"")], &[])),
        (
            "discounts-and-more-than-1",
            genius(
                &[],
                &[("value=\"0.4\"", "value=\"0.9\""), ("<reservation", "<discount_factor value=\"0.9\"/><reservation")],
            ),
        ),
        ("long-numbers", genius(&[], &[("value=\"0.4\"", "value=\"0.400062059118312567\"")])),
        ("no-reservation", negmas(&[], &[("reserved_value: 0.2", "reserved_value: -.inf")])),
        ("clean-reserved-outcome", negmas(&[], &[("reserved_value: 0.2", "reserved_outcome: [red, 3]")])),
        (
            "discounted-function",
            negmas(
                &[],
                &[
                    (
                        "type: Linear",
                        "type: ExpDiscountedUFun\ndiscount: 0.9\nreserved_value: -.inf\nufun:\n  type: Linear",
                    ),
                    (
                        "name: buyer\nreserved_value: 0.2\nweights: [0.4, 0.6]\nvalues:\n- {type: TableFun, mapping: {red: 0.5, blue: 1.0}}\n- {type",
                        "  reserved_value: 0.2\n  weights: [0.4, 0.6]\n  values:\n  - {type: TableFun, mapping: {red: 0.5, blue: 1.0}}\n  - {type",
                    ),
                ],
            ),
        ),
        ("half-a-reservation-bid", geniusweb(&[], &[(",\"price\":\"3\"", "")])),
        (
            "one-value",
            genius(
                &[("<item index=\"2\" value=\"blue\"/>", "")],
                &[("<item index=\"2\" value=\"blue\" evaluation=\"7\"/>", "")],
            ),
        ),
        (
            "rectangles",
            vec![
                file(
                    "shop.xml",
                    DOMAIN.replace(
                        "discrete\"><item index=\"1\" value=\"red\"/><item index=\"2\" value=\"blue\"/></issue>",
                        "integer\" lowerbound=\"1\" upperbound=\"2\"/>",
                    ),
                ),
                file(
                    "shop_buyer.xml",
                    "<utility_space type=\"nonlinear\"><objective index=\"0\" type=\"objective\">\n<utility maxutility=\"7\"><ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n<hyperRectangle utility=\"3\"><INCLUDES index=\"1\" min=\"2\" max=\"2\"/><INCLUDES index=\"2\" min=\"1\" max=\"9\"/></hyperRectangle>\n<hyperRectangle utility=\"2\"><EXCLUDES index=\"1\" min=\"1\" max=\"1\"/><EXCLUDES index=\"2\" min=\"0\" max=\"1\"/></hyperRectangle>\n<hyperRectangle utility=\"1\"/>\n<hyperRectangle utility=\"9\"><EXCLUDES index=\"1\" min=\"1\" max=\"2\"/></hyperRectangle>\n<hyperRectangle utility=\"5\" weight=\"0.5\"><INCLUDES index=\"2\" min=\"3\" max=\"3\"/></hyperRectangle>\n</ufun></utility></objective></utility_space>",
                ),
            ],
        ),
        (
            "clean-awkward-names",
            geniusweb(
                &[("\"red\"", "\"it's \\\"red\\\"\""), ("\"colour\"", "\"Über/in\"")],
                &[
                    ("\"red\":0.5", "\"it's \\\"red\\\"\":0.5"),
                    ("\"colour\":\"red\"", "\"Über/in\":\"it's \\\"red\\\"\""),
                    ("\"colour\":{", "\"Über/in\":{"),
                    ("\"colour\":0.4", "\"Über/in\":0.4"),
                ],
            ),
        ),
    ]
}

/// What cannot be imported, and says why.
fn broken() -> Vec<Example> {
    vec![
        ("X102-not-xml", genius(&[], &[("</objective>", "</objectiv>")])),
        ("X102-ampersand", genius(&[], &[("name=\"colour\"", "name=\"R&D\"")])),
        ("X102-not-json", geniusweb(&[], &[("\"red\":0.5,", "\"red\":0.5")])),
        ("X102-not-yaml", negmas(&[], &[("weights: [0.4, 0.6]", "weights: [0.4, 0.6")])),
        ("X104-nothing", vec![file("readme.txt", "hello")]),
        ("X104-no-domain", vec![file("shop_buyer.xml", PROFILE)]),
        ("X104-no-profile", vec![file("shop.xml", DOMAIN)]),
        ("X104-two-domains", with(genius(&[], &[]), vec![file("shop2.xml", DOMAIN)])),
        ("X104-two-programs", with(genius(&[], &[]), negmas(&[], &[]))),
        (
            "X201-evaluations",
            genius(
                &[],
                &[
                    (" evaluation=\"3\"", " evaluation=\"s\""),
                    (" evaluation=\"7\"", ""),
                    (" value=\"0.4\"", " value=\"null\""),
                    ("<weight index=\"2\" value=\"0.6\"/>", ""),
                ],
            ),
        ),
        ("X201-missing-item", genius(&[], &[("<item index=\"1\" value=\"red\" evaluation=\"3\"/>", "")])),
        ("X203-value-absent-from-the-domain", genius(&[], &[("value=\"red\"", "value=\"green\"")])),
        (
            "X203-issue-absent-from-the-domain",
            genius(&[], &[("<issue index=\"2\" name=\"price\"", "<issue index=\"3\" name=\"speed\"")]),
        ),
        ("X204-price", genius(&[("type=\"integer\"", "type=\"price\"")], &[("type=\"integer\"", "type=\"price\"")])),
        ("X204-real", genius(&[("type=\"integer\"", "type=\"real\"")], &[])),
        ("X204-evaluator", genius(&[], &[("ftype=\"linear\"", "ftype=\"quadratic\"")])),
        (
            "X204-weight-of-an-objective",
            genius(&[], &[("<weight index=\"1\"", "<weight index=\"7\" value=\"0.5\"/><weight index=\"1\"")]),
        ),
        (
            "X204-functions-of-negmas",
            negmas(
                &[],
                &[
                    ("type: AffineFun", "type: PolynomialFun"),
                    ("mapping: {red: 0.5, blue: 1.0}", "mapping: {red: 0.5, green: x}"),
                ],
            ),
        ),
        (
            "X204-hyperrectangles-of-negmas",
            negmas(&[], &[("LinearAdditiveUtilityFunction", "HyperRectangleUtilityFunction")]),
        ),
        ("X204-profile-of-geniusweb", geniusweb(&[], &[("LinearAdditiveUtilitySpace", "SumOfGroupsUtilitySpace")])),
        (
            "X202-geniusweb-rules",
            geniusweb(&[], &[("\"colour\":0.4", "\"colour\":0.5"), ("\"blue\":1.0", "\"blue\":1.5")]),
        ),
        (
            "X203-geniusweb-names",
            geniusweb(&[], &[("\"colour\":{", "\"color\":{"), ("\"price\":\"3\"", "\"price\":\"30\"")]),
        ),
        ("X205-huge-integers", genius(&[("upperbound=\"3\"", "upperbound=\"99999999999999999999999999\"")], &[])),
        ("X205-huge-range", geniusweb(&[("[\"0\",\"3\",\"1\"]", "[\"0\",\"1e300\",\"1e-300\"]")], &[])),
        ("X205-huge-numbers", genius(&[], &[("value=\"0.2\"", "value=\"1e300\"")])),
        (
            "X206-two-weights",
            genius(
                &[],
                &[(
                    "<weight index=\"2\" value=\"0.6\"/>",
                    "<weight index=\"2\" value=\"0.6\"/><weight index=\"2\" value=\"0.7\"/>",
                )],
            ),
        ),
        ("X206-key-twice", negmas(&[], &[("red: 0.5", "red: 0.5, red: 0.6")])),
    ]
}

/// What is made to do harm.
fn hostile() -> Vec<Example> {
    let mut entities = String::new();
    for name in 'b'..='j' {
        let before = format!("&{};", (name as u8 - 1) as char).repeat(10);
        entities.push_str(&format!("<!ENTITY {name} \"{before}\">"));
    }
    let laughs = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\">{entities}]>\n<negotiation_template>&j;</negotiation_template>"
    );
    let mut aliases = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for name in 'b'..='j' {
        let before = (name as u8 - 1) as char;
        aliases.push_str(&format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 10].join(", ")));
    }
    let pickle = "type: LinearAdditiveUtilityFunction\nvalues:\n- {type: LambdaFun, f: !!binary gASVJQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjApybSAtcmYgL3RtcJSFlFKULg==}\n- !!python/object/apply:os.system [\"true\"]\n- {type: LambdaFun, f: x}\n";
    vec![
        ("X103-entities", vec![file("shop.xml", laughs), file("shop_buyer.xml", PROFILE)]),
        (
            "X103-external-entity",
            vec![
                file(
                    "shop.xml",
                    changed(
                        DOMAIN,
                        &[(
                            "<negotiation_template>",
                            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><negotiation_template>&e;",
                        )],
                    ),
                ),
                file("shop_buyer.xml", PROFILE),
            ],
        ),
        (
            "X103-aliases",
            vec![
                file("shop.yml", format!("{SPACE}{aliases}")),
                file(
                    "shop_buyer.yml",
                    changed(FUNCTION, &[("weights: [0.4, 0.6]", "x: &x [*x]\nweights: [0.4, 0.6]")]),
                ),
            ],
        ),
        ("X103-pickles", vec![file("shop.yml", SPACE), file("shop_buyer.yml", pickle)]),
        ("X103-lambda", negmas(&[], &[("type: AffineFun, slope: -0.25", "type: LambdaFun, f: x")])),
        (
            "X102-deep-yaml",
            vec![
                file("shop.yml", format!("type: X\nissues: {}", "[".repeat(200_000))),
                file("shop_buyer.yml", FUNCTION),
            ],
        ),
        (
            "X103-deep-json",
            vec![
                file("shop.json", format!("{{\"issuesValues\": {}{}}}", "[".repeat(100), "]".repeat(100))),
                file("shop_buyer.json", WEB_PROFILE),
            ],
        ),
        ("X102-very-deep-json", vec![file("shop.json", "[".repeat(1_000_000))]),
        ("X103-deep-xml", vec![file("shop.xml", "<a>".repeat(1_000_000))]),
        (
            "X103-attributes",
            vec![file(
                "shop.xml",
                format!("<a {}/>", (0..200_000).map(|at| format!("a{at}=\"\"")).collect::<Vec<_>>().join(" ")),
            )],
        ),
        ("X205-many-values", vec![file("shop.yml", format!("type: X\nk:\n{}", "- a\n".repeat(1_000_001)))]),
        ("X205-many-numbers", vec![file("shop.json", format!("[{}1]", "1,".repeat(1_000_001)))]),
        ("X101-bytes", vec![file("shop.xml", [0x80, 4, 0x95, 0, 1, 2, 3].to_vec()), file("shop_buyer.xml", PROFILE)]),
        (
            "X101-large",
            vec![file("shop.xml", vec![b' '; winset_exchange::FILE_LIMIT + 1]), file("shop_buyer.xml", PROFILE)],
        ),
        (
            "X201-issues-without-end",
            vec![
                file(
                    "shop.json",
                    format!(
                        "{{\"issuesValues\":{{{}}}}}",
                        (0..1500)
                            .map(|issue| format!("\"i{issue}\":{{\"values\":[\"a\",\"b\"]}}"))
                            .collect::<Vec<_>>()
                            .join(",")
                    ),
                ),
                file("shop_buyer.json", "{\"LinearAdditiveUtilitySpace\":{\"issueUtilities\":{},\"issueWeights\":{}}}"),
            ],
        ),
    ]
}

fn snapshot(name: &str, import: &Import) {
    let mut lines = common::lines(import);
    if lines.lines().count() > 40 {
        let more = lines.lines().count() / 2;
        lines = lines.lines().take(8).collect::<Vec<_>>().join("\n");
        lines.push_str(&format!("\n… {more} findings in all\n"));
    }
    let text = import.text.as_deref().unwrap_or("");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, format!("{lines}---\n{text}"));
    });
}

#[test]
fn dirt_is_cleaned_and_named() {
    for (name, files) in dirt() {
        let import = import(&files, &Options::default());
        assert!(import.text.is_some(), "{name}: {}", common::lines(&import));
        assert_eq!(name.starts_with("clean"), import.findings.is_empty(), "{name}: {}", common::lines(&import));
        snapshot(name, &import);
    }
}

#[test]
fn what_cannot_be_imported_says_why() {
    for (name, files) in broken().into_iter().chain(hostile()) {
        let import = import(&files, &Options::default());
        assert!(import.text.is_none(), "{name} was imported");
        snapshot(name, &import);
    }
}

#[test]
fn every_code_is_in_the_gallery() {
    let all: Vec<Code> = dirt()
        .into_iter()
        .chain(broken())
        .chain(hostile())
        .flat_map(|(_, files)| import(&files, &Options::default()).findings)
        .map(|finding| finding.code)
        .collect();
    for code in Code::ALL {
        assert!(all.contains(code), "nothing in the gallery has the code {}", code.as_str());
    }
}

#[test]
fn steps_are_kept_on_request() {
    let options = Options { steps: Some(4), ..Options::default() };
    let real = |text: &str| {
        text.replace("integer", "real")
            .replace("slope=\"0.25\" offset=\"0.1\"", "parameter0=\"0.1\" parameter1=\"0.3\"")
    };
    let files = [
        file("shop.xml", real(DOMAIN).replace("upperbound=\"3\"", "upperbound=\"1\"")),
        file("shop_buyer.xml", real(PROFILE).replace("upperbound=\"3\"", "upperbound=\"1\"")),
    ];
    snapshot("steps", &import(&files, &options));
}
