using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Api.Tests.Harness;

/// <summary>A caller with a key of a server that has two.</summary>
internal sealed class KeyedClient(ApiServer server, string key = KeyedClient.First)
{
    public const string First = "first-key";
    public const string Second = "second-key";

    public static Dictionary<string, string?> Keys => new() { ["Access:Keys:0:Key"] = First, ["Access:Keys:1:Key"] = Second };

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).OrTimeout($"an answer to {method} {path}");
    }

    /// <summary>The JSON of an answer that is expected to be good.</summary>
    public async Task<JsonElement> JsonAsync(string method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    public async Task<(int Status, string? Code, string? Param, string Message)> ErrorAsync(string method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        return await response.ErrorAsync();
    }

    /// <summary>A response that the scripted worker answers with a text.</summary>
    public async Task<(JsonElement Answer, ScriptedJob Job)> RespondAsync(string fields, string text = "answer", FinishReason reason = FinishReason.Stop)
    {
        var answering = JsonAsync("POST", "/v1/responses", $$"""{"model":"tiny",{{fields}}}""");
        var job = await server.Worker.NextJobAsync();
        await job.TextAsync(text);
        await job.FinishAsync(reason);
        return (await answering, job);
    }
}
