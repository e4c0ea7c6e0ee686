use winset_brief::draws::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let draws: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let folder = std::path::Path::new(&path).parent().unwrap().to_owned();
    let reading = winset_case::read_files(winset_case::SourceText { name: path.clone(), text }, &mut |name| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string()));
    let case = reading.case.unwrap();
    let ensemble = Ensemble::new(&case, true);
    eprintln!("prepared");
    if draws == 0 { return; }
    let result = ensemble.run(DrawSettings { draws, seed: 1, threads: std::env::args().nth(3).map_or(1, |t| t.parse().unwrap()) });
    for (claim, robust) in case.claims.iter().zip(&result.claims) {
        println!("{:35} {:?} wide {:?} {:?} {:?}", claim.id, robust.given, robust.admissible.share(), robust.tuning(), robust.flip.as_ref().map(|f| format!("{} {} {} {}", f.path, f.from, f.at, f.end)));
    }
    for t in &result.tables { println!("{} {:?} {:?} {:?}", case.tracks[t.track.0].id, t.deals, t.open, t.opened_by_levers); }
    for f in &result.frameworks { println!("{:?}", f); }
    for i in &result.influential { println!("{:?}", i); }
}
