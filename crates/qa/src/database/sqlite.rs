//! Constraints of a table of SQLite, which keeps them as the text of the statement only.

use super::catalog::{ForeignKey, Key, Table, check, joined_sql, say};
use super::token::{Token, joined, list, tokens};

/// Reads the constraints from `CREATE TABLE …`.
pub(super) fn constraints(sql: &str, table: &mut Table) {
    let all = tokens(sql);
    let Some(start) = all.iter().position(|token| *token == Token::Sign("(")) else { return };
    for item in list(&all[start..]).0 {
        let is_constraint = ["CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"];
        let of_table = is_constraint.iter().any(|word| item[0].is(word));
        let column = if of_table { None } else { item[0].name().map(str::to_owned) };
        let mut reader = Reader {
            rest: if of_table { item } else { &item[1..] },
            column,
            name: String::new(),
            table,
        };
        while reader.step() {}
    }
}

struct Reader<'a> {
    rest: &'a [Token],
    /// The column in whose definition it stands.
    column: Option<String>,
    /// The name that was given to what comes next.
    name: String,
    table: &'a mut Table,
}

impl Reader<'_> {
    /// Reads the next constraint, or passes a token by.
    fn step(&mut self) -> bool {
        let Some((token, rest)) = self.rest.split_first() else { return false };
        self.rest = rest;
        if token.is("CONSTRAINT") {
            self.name = self.take_name();
        } else if token.is("PRIMARY") || token.is("UNIQUE") {
            self.key(token.is("PRIMARY"));
        } else if token.is("CHECK") {
            self.check();
        } else if token.is("FOREIGN") {
            self.rest = self.rest.get(1..).unwrap_or_default();
            let columns = self.columns();
            self.rest = self.rest.get(1..).unwrap_or_default();
            self.foreign_key(columns);
        } else if token.is("REFERENCES") {
            self.foreign_key(self.column.iter().cloned().collect());
        } else if token.is("COLLATE") {
            let collation = self.take_name();
            let mine =
                self.table.columns.iter_mut().find(|c| Some(&c.name) == self.column.as_ref());
            if let Some(column) = mine {
                say(&mut column.more, &format!("COLLATE {collation}"));
            }
        } else if *token == Token::Sign("(") {
            // Of a type, or of a default: `VARCHAR(20)`, `DEFAULT (0.5)`.
            let mut depth = 1_usize;
            while depth > 0 {
                let Some((token, rest)) = self.rest.split_first() else { break };
                self.rest = rest;
                match token {
                    Token::Sign("(") => depth += 1,
                    Token::Sign(")") => depth -= 1,
                    _ => {}
                }
            }
        }
        true
    }

    fn take_name(&mut self) -> String {
        let name = self.rest.first().and_then(Token::name).unwrap_or_default().to_owned();
        self.rest = self.rest.get(1..).unwrap_or_default();
        name
    }

    /// Names in brackets, if there are any.
    fn columns(&mut self) -> Vec<String> {
        if self.rest.first() != Some(&Token::Sign("(")) {
            return Vec::new();
        }
        let (items, length) = list(self.rest);
        self.rest = &self.rest[length..];
        let name = |item: &[Token]| match item {
            [one] => one.name().map_or_else(|| one.to_string(), str::to_owned),
            several => joined(several),
        };
        items.into_iter().map(name).collect()
    }

    /// What follows up to the next constraint of the same column.
    fn more(&mut self) -> String {
        let ends = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "NOT", "DEFAULT"];
        let mut length = 0;
        for (index, token) in self.rest.iter().enumerate() {
            let deferrable =
                token.is("NOT") && self.rest.get(index + 1).is_some_and(|t| t.is("DEFERRABLE"));
            if !deferrable && ends.iter().any(|word| token.is(word)) {
                break;
            }
            length = index + 1;
        }
        let (more, rest) = self.rest.split_at(length);
        self.rest = rest;
        joined(more)
    }

    fn key(&mut self, primary: bool) {
        if primary {
            self.rest = self.rest.get(1..).unwrap_or_default();
        }
        let mut columns = self.columns();
        if columns.is_empty() {
            columns.extend(self.column.clone());
        }
        let key = Key { name: std::mem::take(&mut self.name), columns, more: self.more() };
        if primary {
            self.table.primary_key = Some(key);
        } else {
            self.table.uniques.push(key);
        }
    }

    fn check(&mut self) {
        let (_, length) = list(self.rest);
        let (condition, rest) = self.rest.split_at(length);
        self.rest = rest;
        let inside = condition.get(1..length.saturating_sub(1)).unwrap_or_default();
        let name = std::mem::take(&mut self.name);
        self.table.checks.push(check(name, &joined_sql(inside), String::new()));
    }

    /// `users (id) ON DELETE CASCADE`
    fn foreign_key(&mut self, columns: Vec<String>) {
        let mut key = ForeignKey {
            name: std::mem::take(&mut self.name),
            columns,
            target: self.take_name(),
            target_columns: self.columns(),
            on_delete: "NO ACTION".to_owned(),
            more: String::new(),
        };
        while let [on, what, first, rest @ ..] = self.rest
            && on.is("ON")
        {
            let two = first.is("SET") || first.is("NO");
            let (action, rest) = match rest.split_first() {
                Some((second, rest)) if two => (format!("{first} {second}"), rest),
                _ => (first.to_string(), rest),
            };
            let action = action.to_uppercase();
            self.rest = rest;
            if what.is("DELETE") {
                key.on_delete = action;
            } else if action != "NO ACTION" {
                say(&mut key.more, &format!("ON {} {action}", what.to_string().to_uppercase()));
            }
        }
        let more = self.more();
        say(&mut key.more, &more);
        self.table.foreign_keys.push(key);
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalog::Table;
    use super::constraints;

    fn read(sql: &str) -> Table {
        let mut table = Table::default();
        constraints(sql, &mut table);
        table
    }

    #[test]
    fn constraints_of_the_table_are_read() {
        let table = read(
            "CREATE TABLE \"t\" (\n\tid CHAR(32) NOT NULL, ratio DOUBLE DEFAULT (0.5) NOT NULL,\n\
             CONSTRAINT pk_t PRIMARY KEY (id), CONSTRAINT ck_t_a CHECK (a IN ('x, (', 'y') AND b),\n\
             CONSTRAINT uq_t_a_b UNIQUE (a, \"B\"), CONSTRAINT fk_t_a_u FOREIGN KEY(a, b) REFERENCES \
             u (c, d) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED)",
        );
        let key = table.primary_key.expect("a key");
        assert_eq!((key.name.as_str(), key.columns), ("pk_t", vec!["id".to_owned()]));
        assert_eq!(table.checks[0].name, "ck_t_a");
        assert_eq!(
            table.checks[0].condition,
            super::super::expression::canonical("b AND a IN ('x, (', 'y')")
        );
        assert_eq!(table.uniques[0].columns, ["a", "B"]);
        let foreign = &table.foreign_keys[0];
        assert_eq!(foreign.name, "fk_t_a_u");
        assert_eq!((foreign.target.as_str(), foreign.on_delete.as_str()), ("u", "SET NULL"));
        assert_eq!(foreign.target_columns, ["c", "d"]);
        assert_eq!(foreign.more, "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED");
    }

    #[test]
    fn constraints_of_columns_are_read() {
        let table = read(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE CHECK (a <> ''), \
             b INT CONSTRAINT fk REFERENCES u ON DELETE CASCADE NOT NULL DEFAULT 0)",
        );
        let key = table.primary_key.expect("a key");
        assert_eq!((key.columns, key.more.as_str()), (vec!["id".to_owned()], "AUTOINCREMENT"));
        assert_eq!(table.uniques[0].columns, ["a"]);
        assert_eq!(table.checks.len(), 1);
        assert_eq!(table.foreign_keys[0].name, "fk");
        assert_eq!(table.foreign_keys[0].on_delete, "CASCADE");
        assert_eq!(table.foreign_keys[0].more, "");
    }

    #[test]
    fn what_is_cut_short_is_read_as_far_as_it_goes() {
        let sql = "CREATE TABLE t (a INT CHECK (a > 0) REFERENCES u (b) ON DELETE SET NULL)";
        for end in 0..sql.len() {
            let _ = read(&sql[..end]);
        }
    }
}
