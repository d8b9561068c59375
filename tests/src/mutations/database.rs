//! Mistakes that show in the database that the migrations make.

use std::ops::Range;

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Database;

use super::{Files, Mutation, replace, row};

/// The first migration.
const INITIAL: &str = "migrations/versions/0001_initial.py";

pub(super) const ALL: &[Mutation] = &[
    row("migration that fails", Database, Code::J0303, "RuntimeError: no", |files| {
        let body = "def upgrade() -> None:\n";
        replace(
            files,
            INITIAL,
            body,
            &format!("{body}    message = \"no\"\n    raise RuntimeError(message)\n"),
        )
    }),
    row("statement that no database knows", Database, Code::J0303, "NONSENSE", |files| {
        upgrade(files, "op.execute(\"CREATE NONSENSE\")")
    }),
    row("two last migrations", Database, Code::J0304, "is too", |files| {
        second(files, "0002", "0001", "pass");
        Some(second(files, "0003", "0001", "pass"))
    }),
    row("migration that follows nothing", Database, Code::J0304, "`0000`", |files| {
        replace(files, INITIAL, "down_revision = None", "down_revision = \"0000\"")
    }),
    row("table renamed", Database, Code::J0305, "there is no table", |files| {
        let name = last_table(files)?;
        let text = files.get_mut(INITIAL)?;
        *text = text.replace(&format!("\"{name}\""), "\"renamed\"");
        Some(INITIAL.to_owned())
    }),
    row("table not made", Database, Code::J0305, "there is no table", drop_last_table),
    row("table that nobody asked for", Database, Code::J0305, "`extras`", |files| {
        upgrade(
            files,
            "op.create_table(\"extras\", sa.Column(\"id\", sa.Integer(), nullable=False))",
        )
    }),
    row("view that nobody asked for", Database, Code::J0305, "view `extras`", |files| {
        upgrade(files, "op.execute(\"CREATE VIEW extras AS SELECT 1 AS one\")")
    }),
    row("null allowed", Database, Code::J0306, "may be null", |files| {
        in_call(files, "sa.Column(", "nullable=False", "nullable=True", |call| {
            !call.contains("\"id\"")
        })
    }),
    row("null refused", Database, Code::J0306, "must not be null", |files| {
        in_call(files, "sa.Column(", "nullable=True", "nullable=False", |_| true)
    }),
    row("text too long", Database, Code::J0306, "is of type", |files| {
        replace(files, INITIAL, "sa.String(length=", "sa.String(length=1")
    }),
    row("text without an end", Database, Code::J0306, "is of type", |files| {
        change_call(files, "sa.String(", |_| Some("sa.Text()".to_owned()))
    }),
    Mutation {
        least: 3,
        ..row("float for a decimal", Database, Code::J0306, "is of type", |files| {
            change_call(files, "sa.Numeric(", |_| Some("sa.Float()".to_owned()))?;
            replace(
                files,
                INITIAL,
                "sa.Float().with_variant(sa.BigInteger(), \"sqlite\")",
                "sa.Float()",
            )
        })
    },
    Mutation {
        least: 3,
        ..row("decimal of another scale", Database, Code::J0306, "is of type", |files| {
            replace(files, INITIAL, "sa.Numeric(12, 2)", "sa.Numeric(12, 1)")
        })
    },
    row("time zone lost in the database", Database, Code::J0306, "is of type", |files| {
        replace(files, INITIAL, "sa.DateTime(timezone=True)", "sa.DateTime()")
    }),
    Mutation {
        least: 2,
        ..row("integer for a large one", Database, Code::J0306, "is of type", |files| {
            in_call(files, "sa.Column(", "sa.BigInteger()", "sa.Integer()", |call| {
                !call.contains("variant")
            })
        })
    },
    Mutation {
        least: 2,
        ..row("key that no longer counts", Database, Code::J0306, "does not count up", |files| {
            replace(files, INITIAL, "autoincrement=True", "autoincrement=False")
        })
    },
    row("text for a key", Database, Code::J0306, "is of type", |files| {
        replace(files, INITIAL, "sa.Uuid()", "sa.String(length=36)")
    }),
    Mutation {
        least: 2,
        ..row("text for JSON", Database, Code::J0306, "is of type", |files| {
            let json = "sa.JSON().with_variant(postgresql.JSONB(), \"postgresql\")";
            replace(files, INITIAL, json, "sa.Text()")
        })
    },
    row("text that ignores case", Database, Code::J0306, "COLLATE NOCASE", |files| {
        replace(files, INITIAL, "sa.String(length=", "sa.String(collation=\"NOCASE\", length=")
    }),
    row("column not made", Database, Code::J0306, "there is no column", |files| {
        remove_call(files, "sa.Column(", |call| call.contains("\"updated_at\""))
    }),
    row("column renamed", Database, Code::J0306, "there is no column", |files| {
        replace(files, INITIAL, "\"updated_at\"", "\"changed_at\"")
    }),
    row("column that nobody asked for", Database, Code::J0306, "`", |files| {
        let extra =
            "sa.Column(\"extra\", sa.Text(), nullable=True),\n        sa.PrimaryKeyConstraint(";
        replace(files, INITIAL, "sa.PrimaryKeyConstraint(", extra)
    }),
    row("column dropped by a later migration", Database, Code::J0306, "no column", |files| {
        let name = last_with(files, "\"updated_at\"")?;
        let drop = format!("op.drop_column(\"{name}\", \"updated_at\")");
        second(files, "0002", "0001", &drop);
        Some(INITIAL.to_owned())
    }),
    row("default that says the opposite", Database, Code::J0307, "`FALSE`", |files| {
        replace(files, INITIAL, "server_default=sa.true()", "server_default=sa.false()")
    }),
    row("default removed", Database, Code::J0307, "has no default", |files| {
        replace(files, INITIAL, "server_default=sa.func.now(), ", "")
    }),
    row("default added", Database, Code::J0307, "should have none", |files| {
        replace(files, INITIAL, "sa.Uuid(), ", "sa.Uuid(), server_default=\"0\", ")
    }),
    row("function of SQL as a text", Database, Code::J0307, "'now()'", |files| {
        let now = ("server_default=sa.func.now()", "server_default=\"now()\"");
        replace(files, INITIAL, now.0, now.1)
    }),
    Mutation {
        least: 4,
        ..row("another text by default", Database, Code::J0307, "the default of", |files| {
            replace(files, INITIAL, "server_default=\"", "server_default=\"x")
        })
    },
    Mutation {
        least: 4,
        ..row("another number by default", Database, Code::J0307, "the default of", |files| {
            replace(files, INITIAL, "server_default=sa.literal(", "server_default=sa.literal(7")
        })
    },
    row("wrong part of a primary key", Database, Code::J0308, "instead of", |files| {
        in_call(files, "sa.PrimaryKeyConstraint(", ", name=", ", \"created_at\", name=", |call| {
            call.matches('"').count() == 4
        })
    }),
    row("primary key not made", Database, Code::J0308, "has no primary key", |files| {
        remove_call(files, "sa.PrimaryKeyConstraint(", |_| true)
    }),
    row("unique constraint not made", Database, Code::J0309, "not refused", |files| {
        remove_call(files, "sa.UniqueConstraint(", |_| true)
    }),
    row("unique constraint on more", Database, Code::J0309, "not refused", |files| {
        in_call(files, "sa.UniqueConstraint(", ", name=", ", \"id\", name=", |_| true)
    }),
    row("unique constraint that nobody asked for", Database, Code::J0309, "not ask for", |files| {
        let extra = "sa.UniqueConstraint(\"created_at\"),\n        sa.PrimaryKeyConstraint(";
        replace(files, INITIAL, "sa.PrimaryKeyConstraint(", extra)
    }),
    row("foreign key not made", Database, Code::J0310, "refers to nothing", |files| {
        remove_call(files, "sa.ForeignKeyConstraint(", |_| true)
    }),
    row("foreign key to another table", Database, Code::J0310, "leads to", |files| {
        let tables = tables(files)?;
        change_call(files, "sa.ForeignKeyConstraint(", |call| {
            let (_, rest) = call.split_once("[\"")?.1.split_once("[\"")?;
            let (target, column) = rest.split_once('"')?.0.rsplit_once('.')?;
            let other = tables.iter().find(|name| *name != target)?;
            let (old, new) = (format!("\"{target}.{column}\""), format!("\"{other}.{column}\""));
            Some(call.replace(&old, &new))
        })
    }),
    row("another action on deletion", Database, Code::J0310, "`NO ACTION` instead", |files| {
        in_call(files, "sa.ForeignKeyConstraint(", "ondelete=", "onupdate=", |_| true)
    }),
    row("deletion that is refused", Database, Code::J0310, "`RESTRICT` instead", |files| {
        replace(files, INITIAL, "ondelete=\"CASCADE\"", "ondelete=\"RESTRICT\"")
    }),
    row("foreign key that waits", Database, Code::J0310, "DEFERRABLE", |files| {
        in_call(
            files,
            "sa.ForeignKeyConstraint(",
            "ondelete=",
            "deferrable=True, ondelete=",
            |_| true,
        )
    }),
    row("check not made", Database, Code::J0311, "has no check", |files| {
        remove_call(files, "sa.CheckConstraint(", |_| true)
    }),
    row("bound off by one", Database, Code::J0311, "the check", |files| {
        replace(files, INITIAL, " >= ", " > ")
    }),
    row("check that always holds", Database, Code::J0311, "the check", |files| {
        change_call(files, "sa.CheckConstraint(", |call| {
            let (head, rest) = call.split_once('"')?;
            Some(format!("{head}\"1 = 1 OR {rest}"))
        })
    }),
    row("check that nobody asked for", Database, Code::J0311, "not ask for", |files| {
        let extra = "sa.CheckConstraint(\"id IS NOT NULL\", name=\"more\"),\n        sa.PrimaryKeyConstraint(\"id\"";
        replace(files, INITIAL, "sa.PrimaryKeyConstraint(\"id\"", extra)
    }),
    Mutation {
        least: 4,
        ..row("value of an enum missing", Database, Code::J0311, "the check", |files| {
            change_call(files, "sa.Enum(", |call| {
                let start = call.find('"')?;
                let length = call[start..].find(',')? + 1;
                Some(format!("{}{}", &call[..start], &call[start + length..]))
            })
        })
    },
    Mutation {
        least: 4,
        ..row("enum not checked", Database, Code::J0311, "has no check", |files| {
            replace(files, INITIAL, "create_constraint=True", "create_constraint=False")
        })
    },
    row("index not made", Database, Code::J0312, "has no index", |files| {
        remove_call(files, "op.create_index(", |_| true)
    }),
    row("index on another column", Database, Code::J0312, "sorts by", |files| {
        in_call(files, "op.create_index(", "[\"", "[\"created_at\", \"", |_| true)
    }),
    row("index that refuses", Database, Code::J0312, "refuses equal rows", |files| {
        in_call(files, "op.create_index(", "])", "], unique=True)", |_| true)
    }),
    row("index of some rows only", Database, Code::J0312, "holds rows by", |files| {
        let condition =
            "], postgresql_where=sa.text(\"id IS NULL\"), sqlite_where=sa.text(\"id IS NULL\"))";
        in_call(files, "op.create_index(", "])", condition, |_| true)
    }),
    Mutation {
        least: 1,
        ..row("index of other rows", Database, Code::J0312, "holds rows by", |files| {
            change_call(files, "op.create_index(", |call| {
                let found = call.contains("where=sa.text(\"");
                found.then(|| call.replace("where=sa.text(\"", "where=sa.text(\"NOT "))
            })
        })
    },
    Mutation {
        least: 1,
        ..row("index of all rows", Database, Code::J0312, "holds rows by", |files| {
            change_call(files, "op.create_index(", |call| {
                let (head, _) = call.split_once("postgresql_where=")?;
                Some(format!("{head})"))
            })
        })
    },
    row("downgrade that drops nothing", Database, Code::J0313, "leaves", |files| {
        let text = files.get_mut(INITIAL)?;
        let start = text.find("def downgrade() -> None:\n")?;
        text.truncate(start);
        text.push_str("def downgrade() -> None:\n    op.get_bind()\n");
        Some(INITIAL.to_owned())
    }),
    row("downgrade that leaves a table", Database, Code::J0313, "leaves", |files| {
        let name = last_table(files)?;
        replace(files, INITIAL, &format!("    op.drop_table(\"{name}\")\n"), "    op.get_bind()\n")
    }),
    row("downgrade that fails", Database, Code::J0313, "fails", |files| {
        let body = "def downgrade() -> None:\n";
        replace(files, INITIAL, body, &format!("{body}    op.drop_table(\"nobody\")\n"))
    }),
];

/// Adds a statement to the start of the way up.
fn upgrade(files: &mut Files, statement: &str) -> Option<String> {
    let start = "def upgrade() -> None:\n";
    replace(files, INITIAL, start, &format!("{start}    {statement}\n"))
}

/// Adds another migration.
fn second(files: &mut Files, name: &str, after: &str, statement: &str) -> String {
    let path = format!("migrations/versions/{name}_more.py");
    let text = format!(
        "\"\"\"More.\"\"\"\n\nfrom alembic import op\n\nrevision = \"{name}\"\ndown_revision = \"{after}\"\n\
         branch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n    op.get_bind()\n    \
         {statement}\n\n\ndef downgrade() -> None:\n    op.get_bind()\n"
    );
    files.insert(path.clone(), text);
    path
}

/// Names of the tables, in the order in which they are made.
fn tables(files: &Files) -> Option<Vec<String>> {
    let text = files.get(INITIAL)?;
    let calls = text.split("op.create_table(").skip(1);
    Some(calls.filter_map(|call| call.split('"').nth(1)).map(str::to_owned).collect())
}

/// The table that is made last: no other one refers to it.
fn last_table(files: &Files) -> Option<String> {
    let name = tables(files)?.pop()?;
    let text = files.get(INITIAL)?;
    (!text.contains(&format!("\"{name}."))).then_some(name)
}

/// The last table that has a text.
fn last_with(files: &Files, wanted: &str) -> Option<String> {
    let calls = files.get(INITIAL)?.split("op.create_table(").skip(1);
    let last = calls.filter(|call| call.contains(wanted)).last()?;
    last.split('"').nth(1).map(str::to_owned)
}

/// Removes the table that is made last, with its indexes.
fn drop_last_table(files: &mut Files) -> Option<String> {
    let name = last_table(files)?;
    let text = files.get_mut(INITIAL)?;
    let start = text.rfind("    op.create_table(")?;
    let end = start + text[start..].find("\n\n\ndef downgrade")?;
    text.replace_range(start..end, "    op.get_bind()");
    replace(files, INITIAL, &format!("op.drop_table(\"{name}\")"), "op.get_bind()")
}

/// Where calls of a function stand, from its name to the closing bracket.
fn calls(text: &str, function: &str) -> Vec<Range<usize>> {
    let starts = text.match_indices(function).map(|(start, _)| start);
    starts.filter_map(|start| Some(start..start + length(&text[start..])?)).collect()
}

/// Length of a call; brackets in texts do not count.
fn length(text: &str) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Changes the first call of a function that can be changed.
fn change_call(
    files: &mut Files,
    function: &str,
    change: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let text = files.get_mut(INITIAL)?;
    let mut all = calls(text, function).into_iter();
    let (range, new) = all.find_map(|range| Some((range.clone(), change(&text[range])?)))?;
    text.replace_range(range, &new);
    Some(INITIAL.to_owned())
}

/// Replaces a text in the first call of a function that has it and that fits.
fn in_call(
    files: &mut Files,
    function: &str,
    old: &str,
    new: &str,
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    change_call(files, function, |call| {
        (fits(call) && call.contains(old)).then(|| call.replacen(old, new, 1))
    })
}

/// Removes the first call of a function that fits, with its line.
fn remove_call(files: &mut Files, function: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    let text = files.get_mut(INITIAL)?;
    let range = calls(text, function).into_iter().find(|range| fits(&text[range.clone()]))?;
    let start = text[..range.start].trim_end_matches(' ').len();
    let rest = text[range.end..].strip_prefix(',').unwrap_or(&text[range.end..]);
    let rest = rest.strip_prefix('\n').unwrap_or(rest);
    let end = text.len() - rest.len();
    text.replace_range(start..end, "");
    Some(INITIAL.to_owned())
}
