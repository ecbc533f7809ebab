//! Small KEPs made by hand, for the unit tests of the rules about their files.

use std::sync::Arc;

use super::files::KepFiles;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::input::{Input, Lookup, Place, Repository, Role, TreeFacts};
use crate::review::Companions;
use crate::rules::{Findings, Rule};
use crate::settings::Settings;
use crate::source::Source;

/// A kep.yaml that no rule has anything to say of.
pub(in crate::rules) const GOOD: &str = "title: Faster pods\nkep-number: 1234\nauthors:\n  - \"@ann\"\nowning-sig: sig-node\nparticipating-sigs:\n  - sig-auth\nstatus: implementable\ncreation-date: 2024-01-31\nreviewers:\n  - \"@bob\"\napprovers:\n  - \"@cat\"\nsee-also:\n  - /keps/sig-node/77-pods\nstage: beta\nlatest-milestone: \"v1.30\"\nmilestone:\n  alpha: \"v1.29\"\n  beta: \"v1.30\"\nfeature-gates:\n  - name: FasterPods\n    components:\n      - kubelet\ndisable-supported: true\nmetrics:\n  - pods_total\n";
/// Its approval.
pub(super) const APPROVAL: &str =
    "kep-number: 1234\nalpha:\n  approver: \"@prr\"\nbeta:\n  approver: \"@prr\"\n";

/// The files of one KEP.
pub(super) struct Sample {
    kep: Option<String>,
    approval: Option<String>,
    readme: Option<String>,
    path: String,
    repository: Repository,
    tree: TreeFacts,
}

struct Existing(TreeFacts);

impl Lookup for Existing {
    fn exists(&self, target: &str) -> Option<bool> {
        Some(self.0.metadata.contains(target.trim_start_matches('/').trim_end_matches('/')))
    }
}

impl Sample {
    /// A KEP in its place, with all files.
    pub(super) fn new(kep: &str) -> Self {
        let paths = [
            "keps/sig-node/1234-faster-pods/kep.yaml",
            "keps/sig-node/1234-faster-pods/README.md",
            "keps/sig-node/77-pods/kep.yaml",
            "keps/sig-auth/78-auth/kep.yaml",
            "keps/prod-readiness/sig-node/1234.yaml",
        ];
        let groups = [("prod-readiness-approvers".to_string(), vec!["prr".to_string()])];
        Self {
            kep: Some(kep.to_string()),
            approval: Some(APPROVAL.to_string()),
            readme: Some("# KEP-1234: Faster pods\n".to_string()),
            path: "keps/sig-node/1234-faster-pods/README.md".to_string(),
            repository: Repository::Enhancements,
            tree: TreeFacts::new(paths, groups.into()),
        }
    }

    /// The good KEP with a piece of kep.yaml changed.
    pub(super) fn with(piece: &str, other: &str) -> Self {
        assert!(GOOD.contains(piece), "{piece}");
        Self::new(&GOOD.replacen(piece, other, 1))
    }

    /// Another approval, or none.
    pub(super) fn approval(mut self, text: Option<&str>) -> Self {
        if text.is_none() {
            self.tree.approvals.clear();
        }
        self.approval = text.map(str::to_string);
        self
    }

    /// Another README, or none.
    pub(super) fn readme(mut self, text: Option<&str>) -> Self {
        self.readme = text.map(str::to_string);
        self
    }

    /// No kep.yaml.
    pub(super) fn without_kep(mut self) -> Self {
        self.kep = None;
        self
    }

    /// In another place.
    pub(super) fn at(mut self, path: &str) -> Self {
        self.path = path.to_string();
        self
    }

    /// In the repository of another project.
    pub(super) fn elsewhere(mut self) -> Self {
        self.repository = Repository::Other;
        self.at("keps/1234-faster-pods/README.md")
    }

    /// Other facts.
    pub(super) fn tree(mut self, change: impl FnOnce(&mut TreeFacts)) -> Self {
        change(&mut self.tree);
        self
    }

    /// What a rule finds.
    pub(super) fn check(&self, rule: &dyn Rule) -> Vec<Diagnostic> {
        let directory = self.path.rsplit_once('/').map_or("", |(directory, _)| directory).to_string();
        let mut files = Vec::new();
        if let Some(kep) = &self.kep {
            files.push((Some(Role::KepMetadata), Source::new(format!("{directory}/kep.yaml"), kep.as_str())));
        }
        if let Some(approval) = &self.approval {
            let path = if self.kep.is_none() && self.readme.is_none() {
                self.path.clone()
            } else {
                "keps/prod-readiness/sig-node/1234.yaml".to_string()
            };
            files.push((Some(Role::PrrApproval), Source::new(path, approval.as_str())));
        }
        if let Some(readme) = &self.readme {
            files.insert(0, (None, Source::new(self.path.as_str(), readme.as_str())));
        }
        let mut files = files.into_iter();
        let (_, first) = files.next().unwrap();
        let place = Place { path: first.path().to_string(), repository: self.repository };
        let mut input = Input::alone(first);
        input.place = Some(place);
        input.companions = files.map(|(role, source)| (role.unwrap(), source)).collect();
        input.targets = Some(Arc::new(Existing(self.tree.clone())));
        input.tree = Some(Arc::new(self.tree.clone()));
        let companions = Companions::parse(&input);
        let document = self.readme.is_some().then(|| Document::parse(&input.file));
        let settings = Settings::default();
        let files = KepFiles::new(&companions, document.as_ref(), &input, &settings);
        let mut findings = Findings::new(rule.info().id);
        rule.check_files(&files, &mut findings);
        let found = findings.into_diagnostics();
        for one in &found {
            let source = input.source(one.primary.file).unwrap();
            assert!(!one.primary.span.is_empty() || source.text().is_empty(), "{one:?}");
            assert!(source.text().get(one.primary.span.range()).is_some(), "{one:?}");
        }
        found
    }

    /// The messages of a rule's findings.
    pub(super) fn messages(&self, rule: &dyn Rule) -> Vec<String> {
        self.check(rule).into_iter().map(|one| one.message).collect()
    }
}

#[test]
fn a_good_proposal_has_no_finding() {
    for rule in crate::rules::ALL {
        assert_eq!(Sample::new(GOOD).messages(*rule), Vec::<String>::new(), "{}", rule.info().id);
    }
}
