using LocalAI.Pipeline.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAI.Pipeline.Api.Tests.Media;

/// <summary>Has a picture, and everything that is wrong with links, at <c>localhost</c> and <c>127.0.0.1</c>.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    public static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private readonly WebApplication _app;

    private FileServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    public static async Task<FileServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FileServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(TestTimeout.Token);
        return server;
    }

    public Uri At(string path, string host = "localhost") => new($"http://{host}:{Port}/{path}");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(TestTimeout.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        switch (context.Request.Path.Value)
        {
            case "/picture":
                await response.Body.WriteAsync(Picture, context.RequestAborted);
                break;
            case "/text":
                await response.WriteAsync("no picture", context.RequestAborted);
                break;
            case "/moved":
                response.Redirect("/picture");
                break;
            case "/moved-inside":
                response.Redirect(At("picture", "127.0.0.1").ToString());
                break;
            case "/moved-to-a-file":
                response.Redirect("file:///etc/passwd");
                break;
            case "/round":
                response.Redirect("/round");
                break;
            case "/large":
                // Without a length, so that only reading finds out.
                for (var i = 0; i < 100; i++)
                {
                    await response.Body.WriteAsync(new byte[1024], context.RequestAborted);
                }

                break;
            case "/slow":
                await response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            default:
                response.StatusCode = 404;
                break;
        }
    }
}
