//! Which module a path leads into: by the modules that files and `mod` make, `use`, `pub use` and globs.

use super::declarations::{Declarations, Module, ModuleId};

/// Imports that may lead to one another.
const LONGEST_CHAIN: u32 = 16;

/// Imports followed for one path in all: globs of globs multiply.
const FUEL: u32 = 256;

/// Whether a module declares something of that name.
type IsDeclared<'d> = &'d dyn Fn(ModuleId, &str) -> bool;

impl Declarations {
    /// The module that declares what a path means, seen from `module`, and its name there.
    pub fn resolve(
        &self,
        module: ModuleId,
        path: &[String],
        is_declared: IsDeclared<'_>,
    ) -> Option<(ModuleId, String)> {
        Resolver { declarations: self, is_declared, fuel: FUEL }.resolve(module, path, 0)
    }
}

struct Resolver<'d> {
    declarations: &'d Declarations,
    is_declared: IsDeclared<'d>,
    fuel: u32,
}

impl<'d> Resolver<'d> {
    fn resolve(&mut self, module: ModuleId, path: &[String], depth: u32) -> Option<(ModuleId, String)> {
        if depth > LONGEST_CHAIN || self.fuel == 0 {
            return None;
        }
        self.fuel -= 1;
        let (name, rest) = path.split_first()?;
        if rest.is_empty() {
            return self.item(module, name, depth);
        }
        for inner in self.modules_called(module, name) {
            if let Some(found) = self.resolve(inner, rest, depth + 1) {
                return Some(found);
            }
        }
        // A module may be imported as well.
        let imported = self.module(module).imports.names.get(name)?;
        if imported.first() == Some(name) && imported.len() == 1 {
            return None;
        }
        let whole: Vec<String> = imported.iter().chain(rest).cloned().collect();
        self.resolve(module, &whole, depth + 1)
    }

    fn item(&mut self, module: ModuleId, name: &str, depth: u32) -> Option<(ModuleId, String)> {
        if (self.is_declared)(module, name) {
            return Some((module, name.to_owned()));
        }
        let imports = &self.module(module).imports;
        if let Some(imported) = imports.names.get(name).filter(|path| path.len() > 1) {
            return self.resolve(module, imported, depth + 1);
        }
        let name = name.to_owned();
        imports.globs.iter().find_map(|glob| {
            let whole: Vec<String> = glob.iter().chain([&name]).cloned().collect();
            self.resolve(module, &whole, depth + 1)
        })
    }

    /// The modules that the first name of a longer path means.
    fn modules_called(&self, module: ModuleId, name: &str) -> Vec<ModuleId> {
        let here = self.module(module);
        let at = |path: &[String]| self.at(&here.root, path);
        match name {
            "crate" => at(&[]),
            "self" => vec![module],
            "super" => here.path.split_last().map(|(_, around)| at(around)).unwrap_or_default(),
            _ => {
                let inner: Vec<String> = here.path.iter().cloned().chain([name.to_owned()]).collect();
                let mut found = at(&inner);
                if found.is_empty() && !here.imports.names.contains_key(name) {
                    found = self.crate_called(name);
                }
                found
            }
        }
    }

    /// The root modules of the crate of that name, as far as the folder around its `src` tells.
    fn crate_called(&self, name: &str) -> Vec<ModuleId> {
        let is_named = |root: &str| {
            let folder = root.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            folder.replace('-', "_") == name
        };
        let roots = self.declarations.modules.iter().enumerate();
        let of_crate = roots.filter(|(_, module)| module.path.is_empty() && is_named(&module.root));
        of_crate.map(|(at, _)| ModuleId(at)).collect()
    }

    fn at(&self, root: &str, path: &[String]) -> Vec<ModuleId> {
        let key = (root.to_owned(), path.to_vec());
        self.declarations.modules_by_path.get(&key).cloned().unwrap_or_default()
    }

    fn module(&self, id: ModuleId) -> &'d Module {
        &self.declarations.modules[id.0]
    }
}
