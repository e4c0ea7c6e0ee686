//! Where the process stood on a day: what the record says of each track, and nothing computed.

use winset_case::{Case, Event, EventKind, TrackId};

/// Where one track stood.
#[derive(Debug)]
pub struct TrackStatus<'c> {
    /// Which track.
    pub track: TrackId,
    /// Its events up to the day, the earliest first.
    pub events: Vec<&'c Event>,
    /// The last of them, if it was still going on.
    pub under_way: Option<&'c Event>,
}

impl<'c> TrackStatus<'c> {
    /// How many rounds it held.
    pub fn rounds(&self) -> usize {
        self.of(EventKind::Round).count()
    }

    /// What was agreed there by the day; nothing that was still being talked about.
    pub fn agreements(&self) -> impl Iterator<Item = &'c Event> + '_ {
        self.of(EventKind::Agreement).filter(|event| self.under_way.is_none_or(|open| !std::ptr::eq(open, *event)))
    }

    /// Its events of a kind.
    pub fn of(&self, kind: EventKind) -> impl Iterator<Item = &'c Event> + '_ {
        self.events.iter().copied().filter(move |event| event.is(kind))
    }
}

/// Where the process stood.
#[derive(Debug)]
pub struct ProcessStatus<'c> {
    /// The day.
    pub as_of: String,
    /// Per track, in the order of the case.
    pub tracks: Vec<TrackStatus<'c>>,
    /// Events that belong to no track of the case.
    pub elsewhere: Vec<&'c Event>,
}

impl<'c> ProcessStatus<'c> {
    /// Where the process stood on a day, given as `2017-12-12`.
    pub fn of(case: &'c Case, as_of: &str) -> Self {
        let until = |track: Option<TrackId>| -> Vec<&'c Event> {
            case.events.iter().filter(|event| event.track == track && event.date.as_str() <= as_of).collect()
        };
        let tracks = (0..case.tracks.len()).map(TrackId).map(|track| {
            let events = until(Some(track));
            let open = |event: &Event| match &event.end {
                Some(end) => end.as_str() > as_of,
                // Only a round lasts; one without an end still goes on.
                None => event.is(EventKind::Round),
            };
            let under_way = events.last().copied().filter(|event| open(event));
            TrackStatus { track, events, under_way }
        });
        ProcessStatus { as_of: as_of.to_owned(), tracks: tracks.collect(), elsewhere: until(None) }
    }
}
