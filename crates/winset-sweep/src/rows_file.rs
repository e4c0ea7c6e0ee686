//! Rows of runs as Parquet, out and in.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, get_typed_column_reader};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use winset_simulate::{Column, Rows, Values};

use crate::fault::Fault;

/// Rows of a group, all of them in memory at a time.
pub(crate) const GROUP: u64 = 16_384;

/// The type of a column, in words that the manifest and the documentation use.
pub(crate) fn kind(values: &Values) -> &'static str {
    match values {
        Values::Whole(_) => "int64",
        Values::Perhaps(_) => "int32 or null",
        Values::Words { .. } => "string",
        Values::Numbers(_) => "double or null",
    }
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, repetition, logical) = match &column.values {
        Values::Whole(_) => (Physical::INT64, Repetition::REQUIRED, None),
        Values::Perhaps(_) => (Physical::INT32, Repetition::OPTIONAL, None),
        Values::Words { .. } => (Physical::BYTE_ARRAY, Repetition::REQUIRED, Some(LogicalType::String)),
        Values::Numbers(_) => (Physical::DOUBLE, Repetition::OPTIONAL, None),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_repetition(repetition);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

fn schema(rows: &Rows) -> Result<TypePtr, ParquetError> {
    let fields = rows.columns.iter().map(field).collect::<Result<_, _>>()?;
    Ok(Arc::new(Type::group_type_builder("runs").with_fields(fields).build()?))
}

/// Rows on their way into a file, group after group.
pub(crate) struct RowsWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> RowsWriter<W> {
    pub(crate) fn new(to: W, columns: &Rows) -> Result<Self, ParquetError> {
        let run = ColumnPath::new(vec!["run".to_owned()]);
        let properties = WriterProperties::builder()
            .set_created_by(format!("winset {}", env!("CARGO_PKG_VERSION")))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_column_dictionary_enabled(run.clone(), false)
            .set_column_encoding(run, Encoding::DELTA_BINARY_PACKED)
            .build();
        Ok(RowsWriter { writer: SerializedFileWriter::new(to, schema(columns)?, Arc::new(properties))? })
    }

    pub(crate) fn add(&mut self, rows: &Rows) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &rows.columns {
            let Some(mut to) = group.next_column()? else { break };
            match &column.values {
                Values::Whole(values) => {
                    let values: Vec<i64> = values.iter().map(|value| *value as i64).collect();
                    to.typed::<Int64Type>().write_batch(&values, None, None)?;
                }
                Values::Perhaps(values) => {
                    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
                    let values: Vec<i32> = values.iter().flatten().map(|value| *value as i32).collect();
                    to.typed::<Int32Type>().write_batch(&values, Some(&levels), None)?;
                }
                Values::Words { words, places } => {
                    let words: Vec<ByteArray> = words.iter().map(|word| ByteArray::from(word.as_str())).collect();
                    let values: Vec<ByteArray> = places.iter().map(|place| words[*place as usize].clone()).collect();
                    to.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                }
                Values::Numbers(values) => {
                    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
                    let values: Vec<f64> = values.iter().flatten().copied().collect();
                    to.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            to.close()?;
        }
        group.close()?;
        Ok(())
    }

    pub(crate) fn finish(mut self, notes: &[(&str, String)]) -> Result<W, ParquetError> {
        for (key, value) in notes {
            self.writer.append_key_value_metadata(KeyValue::new((*key).to_owned(), value.clone()));
        }
        self.writer.into_inner()
    }
}

/// Reads a file of rows with these columns, as many of them as wanted, group after group, and gives what is noted in it.
pub(crate) fn read_rows(
    path: &Path,
    columns: &Rows,
    wanted: usize,
    each: &mut dyn FnMut(&Rows) -> Result<(), String>,
) -> Result<BTreeMap<String, String>, Fault> {
    let file = File::open(path).map_err(|error| Fault::file(path, &error))?;
    // The decoder gives errors for what it does not understand; should it fall over something nobody thought of, that is damage too.
    let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| decode(file, columns, wanted, each)));
    read.unwrap_or_else(|_| Err("it cannot be decoded".to_owned())).map_err(|why| Fault::damaged(path, why))
}

fn decode(
    file: File,
    columns: &Rows,
    wanted: usize,
    each: &mut dyn FnMut(&Rows) -> Result<(), String>,
) -> Result<BTreeMap<String, String>, String> {
    let said = |error: ParquetError| error.to_string();
    let reader = SerializedFileReader::new(file).map_err(said)?;
    let about = reader.metadata().file_metadata();
    if about.schema_descr().root_schema() != schema(columns).map_err(said)?.as_ref() {
        return Err("its columns are not those of the plan".to_owned());
    }
    let notes = about.key_value_metadata().into_iter().flatten();
    let notes = notes.map(|note| (note.key.clone(), note.value.clone().unwrap_or_default())).collect();
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(said)?;
        let rows = u64::try_from(group.metadata().num_rows()).unwrap_or(u64::MAX);
        if rows > GROUP {
            return Err(format!("it says that {rows} rows stand together, and none of ours has more than {GROUP}"));
        }
        let mut read = Rows { columns: Vec::with_capacity(wanted) };
        for (at, column) in columns.columns.iter().take(wanted).enumerate() {
            let from = group.get_column_reader(at).map_err(said)?;
            let values = values(from, &column.values, rows as usize)?;
            read.columns.push(Column { name: column.name.clone(), says: String::new(), values });
        }
        each(&read)?;
    }
    Ok(notes)
}

fn values(from: ColumnReader, like: &Values, rows: usize) -> Result<Values, String> {
    Ok(match like {
        Values::Whole(_) => {
            let (values, _) = all::<Int64Type>(from, rows, false)?;
            let whole =
                values.into_iter().map(|value| u64::try_from(value).map_err(|_| "a number is below 0".to_owned()));
            Values::Whole(whole.collect::<Result<_, _>>()?)
        }
        Values::Perhaps(_) => {
            let (values, levels) = all::<Int32Type>(from, rows, true)?;
            let values = spread(values, &levels)?.into_iter();
            let whole = values.map(|value| value.map(u32::try_from).transpose().map_err(|_| "a number is below 0"));
            Values::Perhaps(whole.collect::<Result<_, _>>()?)
        }
        Values::Words { words, .. } => {
            let (values, _) = all::<ByteArrayType>(from, rows, false)?;
            let known: BTreeMap<&[u8], u32> =
                words.iter().enumerate().map(|(place, word)| (word.as_bytes(), place as u32)).collect();
            let places = values.iter().map(|word| known.get(word.data()).copied().ok_or("it has a word of no list"));
            Values::Words { words: words.clone(), places: places.collect::<Result<_, _>>()? }
        }
        Values::Numbers(_) => {
            let (values, levels) = all::<DoubleType>(from, rows, true)?;
            Values::Numbers(spread(values, &levels)?)
        }
    })
}

/// All values of a column in a group, and which rows have one.
fn all<T: DataType>(from: ColumnReader, rows: usize, optional: bool) -> Result<(Vec<T::T>, Vec<i16>), String> {
    let mut reader = get_typed_column_reader::<T>(from);
    let (mut values, mut levels, mut done) = (Vec::new(), Vec::new(), 0);
    while done < rows {
        let kept = optional.then_some(&mut levels);
        let (records, _, _) =
            reader.read_records(rows - done, kept, None, &mut values).map_err(|error| error.to_string())?;
        if records == 0 {
            return Err("rows are missing in a column".to_owned());
        }
        done += records;
    }
    Ok((values, levels))
}

/// Values at the rows that have one.
fn spread<T>(values: Vec<T>, levels: &[i16]) -> Result<Vec<Option<T>>, String> {
    let mut values = values.into_iter();
    let missing = || "values are missing in a column".to_owned();
    levels.iter().map(|level| if *level > 0 { values.next().map(Some).ok_or_else(missing) } else { Ok(None) }).collect()
}
