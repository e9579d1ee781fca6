using System.Text.Json;
using System.Threading.Channels;
using LocalAI.Pipeline.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Workers.Text.Tests.Forwarding;

/// <summary>A server with OpenAI's API whose next answers the test writes, and which keeps what it was asked.</summary>
internal sealed class UpstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(int Status, string Body)> _answers = Channel.CreateUnbounded<(int, string)>();

    private UpstreamServer(WebApplication app) => _app = app;

    public Uri BaseUrl => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), "v1");

    /// <summary>Path, authorization and body of each request.</summary>
    public List<(string Path, string? Authorization, JsonElement Body)> Asked { get; } = [];

    public static async Task<UpstreamServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new UpstreamServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestTimeout.Token);
        return server;
    }

    public void Answer(int status, string body) => _answers.Writer.TryWrite((status, body));

    /// <summary>An answer of these chunks, with the mark at its end.</summary>
    public void Stream(params string[] chunks) => Answer(200, string.Concat(chunks.Append("[DONE]").Select(chunk => $"data: {chunk}\n\n")));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestTimeout.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        Asked.Add((context.Request.Path, context.Request.Headers.Authorization, body.RootElement.Clone()));
        var (status, text) = await _answers.Reader.ReadAsync(context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = status == 200 ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
