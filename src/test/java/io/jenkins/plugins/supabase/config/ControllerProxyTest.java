package io.jenkins.plugins.supabase.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ProxyConfiguration;
import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import jenkins.model.Jenkins;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllerProxyTest {
    @AfterEach
    void noProxy() {
        Jenkins.get().proxy = null;
    }

    @Test
    void withoutProxyConnectionsAreDirect() {
        assertThat(ControllerProxy.settings()).isNull();
    }

    @Test
    void hostsThatNeedNoProxyAreReachedDirectly() {
        Jenkins.get().proxy = new ProxyConfiguration("proxy.test", 3128, "me", "word", "localhost, *.corp.test");

        ProxySettings settings = ControllerProxy.settings();

        assertThat(settings.user()).isEqualTo("me");
        assertThat(settings.password().reveal()).isEqualTo("word");
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        ProxyRoute.use(settings, builder);
        ProxySelector route = builder.build().proxySelector();
        assertThat(route.select(URI.create("https://api.supabase.com/v1"))).singleElement().satisfies(proxy ->
                assertThat(proxy.address()).hasToString("proxy.test/<unresolved>:3128"));
        assertThat(route.select(URI.create("https://DB.corp.test/"))).containsExactly(Proxy.NO_PROXY);
        assertThat(route.select(URI.create("https://corp.test.example/")))
                .doesNotContain(Proxy.NO_PROXY);
    }
}
