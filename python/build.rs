//! Says how an extension module is linked where that is not what a linker does by itself (macOS).

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
