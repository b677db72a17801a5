package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.project.ImportScanner.Import;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportScannerTest {
    private static List<String> specifiers(String source) {
        return ImportScanner.scan(source).stream().map(Import::specifier).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import './a.ts'",
                "import \"./a.ts\";",
                "import a from './a.ts'",
                "import a,{b as c} from './a.ts'",
                "import*as a from'./a.ts'",
                "import { from } from './a.ts'",
                "import from from './a.ts'",
                "import { 'b-c' as d } from './a.ts'",
                "import { a as from, type B, } from './a.ts'",
                "import type A from './a.ts'",
                "import type { A } from './a.ts'",
                "import type from './a.ts'",
                "import a from './a.ts' with { type: 'json' }",
                "import a from './a.ts' assert { type: 'json' }",
                "import /* why */ a // because\n from /* here */ './a.ts'",
                "import {\n  a,\n  b\n} from './a.ts'",
                "export * from './a.ts'",
                "export * as ns from './a.ts'",
                "export { a, b as default } from './a.ts'",
                "export type { A } from './a.ts'",
                "export type * from './a.ts'",
                "const a = await import('./a.ts')",
                "import('./a.ts').then(a => a)",
                "const a = import(`./a.ts`)",
                "const a = import('./a.ts', { with: { type: 'json' } })",
                "let a: import('./a.ts').A",
                "const a = `${await import('./a.ts')}`",
                "const a = `x ${ `y ${ import('./a.ts') }` } z`",
                "const a = { b: 1 } / 2; import './a.ts'",
                "const a = b / c; import './a.ts' // d / e",
                "if (a) /'/.test(b); import './a.ts'",
                "const a = /[/'\"`]/g; import './a.ts'",
                "return <p>Don't say {x}</p>;\nimport './a.ts'",
                "const a = <p>{import('./a.ts')}</p>",
                "#!/usr/bin/env -S deno run 'x\nimport './a.ts'",
                "export const a = 1\nimport './a.ts'",
                "export { a }\nimport './a.ts'",
                "class A { #b = '`'; }\nimport './a.ts'",
                "const a = 'it\\'s'; import './a.ts'",
                "const a = 1_000.5e3 / 2; import './a.ts'",
                "import a = require('b');\nimport './a.ts'",
                "import.meta.url; import './a.ts'",
            })
    void findsTheOneImport(String source) {
        assertThat(specifiers(source)).containsExactly("./a.ts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// import './a.ts'",
                "/* import './a.ts' */",
                "/**\n * import './a.ts'\n */",
                "const a = \"import './a.ts'\"",
                "const a = `import './a.ts'`",
                "const a = `\nimport a from './a.ts'\n${b}\nimport './a.ts'`",
                "const a = /import '.\\/a.ts'/",
                "a.import('./a.ts')",
                "const a = { import: './a.ts' }",
                "export const from = './a.ts'",
                "export default './a.ts'",
                "export type A = './a.ts'",
                "export { a }; const from = './a.ts'",
                "class A { import() { return './a.ts' } }",
                "importer('./a.ts')",
                "const a = \"it's\" + 'import(\"./a.ts\")'",
                "import.meta.resolve('./a.ts')",
            })
    void doesNotTakeLookalikesForImports(String source) {
        assertThat(specifiers(source)).isEmpty();
    }

    @Test
    void countsLines() {
        String source = "/*\n*/\nimport a\n  from './a.ts';\nconst t = `\n\n`;\nimport('./b.ts');\n";

        assertThat(ImportScanner.scan(source)).containsExactly(new Import("./a.ts", 4), new Import("./b.ts", 8));
    }

    @Test
    void reportsAComputedDynamicImportWithoutASpecifier() {
        assertThat(ImportScanner.scan("\nimport(`./${name}.ts`); import(a + './b.ts'); import('./c' + d)"))
                .containsExactly(new Import(null, 2), new Import(null, 2), new Import(null, 2));
    }

    @Test
    void survivesCutOffSources() {
        String source = "import a, { b } from './a.ts'; const c = `${d}`; /* e */ const f = /g/; export * from 'h'";

        for (int end = 0; end <= source.length(); end++) {
            assertThat(specifiers(source.substring(0, end))).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(specifiers(source)).containsExactly("./a.ts", "h");
    }
}
