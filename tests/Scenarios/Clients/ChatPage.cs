using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LocalAI.Pipeline.Scenarios.Clients;

/// <summary>
/// <c>npm/chat.html</c> in a real browser, with npm's <c>@microsoft/signalr</c>, from a web server of its own: another origin
/// than the API's.
/// </summary>
internal sealed class ChatPage : IAsyncDisposable
{
    // Debian's names for it; Playwright's own download is not used.
    private static readonly string[] BrowserNames = ["chromium", "chromium-browser", "google-chrome"];

    private readonly WebApplication _site;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private ChatPage(WebApplication site, IPlaywright playwright, IBrowser browser, IPage page) =>
        (_site, _playwright, _browser, _page) = (site, playwright, browser, page);

    public static async Task<ChatPage> OpenAsync(CancellationToken cancellationToken)
    {
        var site = await ServeAsync(cancellationToken);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = FindBrowser(), Headless = true });
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{AddressOf(site)}/chat.html");
        return new ChatPage(site, playwright, browser, page);
    }

    /// <summary>Connects to the host's hub; fails as the page's client does.</summary>
    public Task ConnectAsync(ServerProcess host) => _page.EvaluateAsync("url => connect(url)", new Uri(host.Address, "hubs/generation").ToString());

    /// <summary>What the page saw of a chat.</summary>
    public async Task<JsonElement> ChatAsync(object request, CancellationToken cancellationToken, int after = 0, string action = "") =>
        (await _page.EvaluateAsync("([request, after, action]) => chat(JSON.parse(request), after, action)", new object[] { JsonSerializer.Serialize(request), after, action }).WaitAsync(cancellationToken))!.Value;

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _site.DisposeAsync();
    }

    private static async Task<WebApplication> ServeAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var site = builder.Build();
        site.MapGet("/chat.html", () => Results.File(Path.Combine(NodeProgram.Folder, "chat.html"), "text/html"));
        site.MapGet("/signalr.js", () => Results.File(Path.Combine(NodeProgram.Folder, "node_modules", "@microsoft", "signalr", "dist", "browser", "signalr.js"), "text/javascript"));
        await site.StartAsync(cancellationToken);
        return site;
    }

    private static string AddressOf(WebApplication site) => site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static string FindBrowser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(folder => BrowserNames.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium: ./test.sh installs it (Debian's package chromium).");
}
