//! *Rubrica e liste*: the lists as they are, what a change would do, and the change.

use super::Session;
use crate::desk::ListsChange;
use crate::entropy::Moment;
use crate::error::{ErrorCode, ErrorView, NotebookError, Result};
use crate::notebook::Notebook;
use crate::store::meta::{self, MetaKey};
use crate::sync::visit::Purpose;
use crate::view::{KeepInput, ListsInput, ListsPreview, ListsView, Nothing, ServiceCheckView, number};
use domain::time::operational_date;

impl Session {
    /// *Rubrica e liste*. Nothing is asked of the network.
    pub fn lists(&self, _: Nothing) -> std::result::Result<ListsView, ErrorView> {
        self.at_desk(|notebook, moment| lists_view(notebook, moment, None))
    }

    /// What a change would do; nothing is written.
    pub fn check_lists(&self, input: ListsInput) -> std::result::Result<ListsPreview, ErrorView> {
        self.at_desk(|notebook, moment| {
            let ListsChange { differences, faults } = notebook.check_lists(&input.lists, moment)?;
            Ok(ListsPreview { differences, faults })
        })
    }

    /// Signs the change into the next manifest, and hands it to the server. What the network refuses is said in the
    /// answer: the change is in force here, and goes with the next look.
    pub fn change_lists(&self, input: ListsInput) -> std::result::Result<ListsView, ErrorView> {
        self.at_desk(|notebook, moment| notebook.change_lists(&input.base, input.lists, moment).map(drop))?;
        self.publish_lists(Nothing {})
    }

    /// Hands the lists in force to the server, if it does not have them yet.
    pub fn publish_lists(&self, _: Nothing) -> std::result::Result<ListsView, ErrorView> {
        self.at_desk(|_, _| Ok(()))?;
        let published = self.publish_manifest();
        if published.is_ok() {
            // The lines of the register go with it.
            self.visit_server(Purpose::Asked).map(drop)?;
        }
        let error = published.as_ref().err().map(NotebookError::code);
        self.at_desk(|notebook, moment| lists_view(notebook, moment, error))
    }

    /// *Lascia*: a proposal is not followed.
    pub fn keep_as_is(&self, input: KeepInput) -> std::result::Result<ListsView, ErrorView> {
        self.at_desk(|notebook, moment| {
            notebook.keep_as_is(input.kind, &input.code, moment)?;
            lists_view(notebook, moment, None)
        })
    }
}

fn lists_view(notebook: &Notebook, moment: Moment, error: Option<ErrorCode>) -> Result<ListsView> {
    let programme = notebook.programme()?;
    let manifest = notebook.manifest().ok_or(NotebookError::NotEnrolled)?.number;
    let today = operational_date(moment.now);
    let lists = programme.lists();
    let may_sign = notebook.holds_admin_key()?;
    let known: Option<u64> = meta::find_json(notebook.store.connection(), MetaKey::PublishedManifest)?;
    let check = |entry: &domain::directory::ServiceEntry| ServiceCheckView {
        id: entry.id.clone(),
        days: entry.days_since_check(today),
        stale: entry.is_stale(today),
        protected: entry.is_protected(),
    };
    Ok(ListsView {
        start: programme.start,
        base: lists.digest().to_string(),
        manifest,
        may_sign,
        published: !may_sign || known == Some(manifest),
        today,
        items: programme.items.iter().map(|item| item.code.clone()).collect(),
        alias_words: number(programme.alias_words.len()),
        units_in_use: notebook.units_in_use()?.into_iter().collect(),
        checks: programme.directory.iter().map(check).collect(),
        proposals: if may_sign { notebook.list_proposals(moment)? } else { Vec::new() },
        lists,
        error,
    })
}
