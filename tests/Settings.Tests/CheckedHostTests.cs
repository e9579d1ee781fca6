using System.Net;
using System.Net.Sockets;
using LocalAI.Pipeline.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalAI.Pipeline.Settings.Tests;

public sealed class CheckedHostTests
{
    [Fact]
    public async Task RunChecked_WithWrongSettings_WritesThemAllAndReturns78()
    {
        var (code, lines) = await RunAsync("--Sample:Port=abc", "--Sample:Silence=soon");
        Assert.Equal(78, code);
        Assert.Equal("Cannot start: 2 settings are wrong.", lines[0]);
        Assert.StartsWith("  Sample:Port is \"abc\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("command line, --Sample:Port", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  Sample:Silence is \"soon\"", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task RunChecked_WithAWrongEnvironmentVariable_NamesTheVariable()
    {
        // A section that no other test has: environment variables are seen by the whole process.
        Environment.SetEnvironmentVariable("CheckedHostTest__Port", "abc");
        try
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Services.AddValidatedOptions<SampleOptions>(builder.Configuration, "CheckedHostTest");
            var (code, lines) = await RunAsync(builder.Build());
            Assert.Equal(78, code);
            Assert.Contains("environment variable CheckedHostTest__Port", lines[1], StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CheckedHostTest__Port", null);
        }
    }

    [Fact]
    public async Task RunChecked_WithAnAddressInUse_NamesItWithoutAStackTrace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, lines) = await RunAsync($"--urls=http://127.0.0.1:{port}");
        Assert.Equal(78, code);
        Assert.Contains($"127.0.0.1:{port}", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task RunChecked_WithRightSettings_RunsUntilItIsStopped()
    {
        var app = Build("--Sample:Port=5");
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            started.TrySetResult();
            app.Lifetime.StopApplication();
        });
        var (code, lines) = await RunAsync(app);
        Assert.True(started.Task.IsCompletedSuccessfully);
        Assert.Equal(0, code);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task RunChecked_WithSomethingMissing_EndsWithTheReason()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<MissingDependency>();
        var (code, lines) = await RunAsync(builder.Build());
        Assert.Equal(69, code);
        Assert.Equal("Cannot start: there is no broker at nowhere:5672", Assert.Single(lines));
    }

    [Fact]
    public async Task RunChecked_StoppedWhileItStarts_EndsQuietly()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService<StopAtStart>();
        var (code, lines) = await RunAsync(builder.Build());
        Assert.Equal((0, 0), (code, lines.Length));
    }

    private static Task<(int Code, string[] Lines)> RunAsync(params string[] arguments) => RunAsync(Build(arguments));

    private static async Task<(int Code, string[] Lines)> RunAsync(WebApplication app)
    {
        using var errors = new StringWriter();
        var code = await CheckedHost.RunCheckedAsync(app, errors, TestTimeout.Token).OrTimeout("the host's end");
        return (code, errors.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static WebApplication Build(params string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.PreventHostingStartupKey, "true");
        if (!arguments.Any(argument => argument.StartsWith("--urls", StringComparison.Ordinal)))
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        builder.Services.AddValidatedOptions<SampleOptions>(builder.Configuration, SampleOptions.SectionName);
        return builder.Build();
    }
}
