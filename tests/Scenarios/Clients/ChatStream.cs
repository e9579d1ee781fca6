using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.Scenarios.Clients;

/// <summary>A streamed chat read off the wire by hand, so that nothing between the server and the test tidies it up.</summary>
internal sealed class ChatStream : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;

    private ChatStream(HttpResponseMessage response, StreamReader reader)
    {
        this.response = response;
        this.reader = reader;
    }

    public HttpResponseMessage Response => response;

    public static object Request(string model, string text, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["model"] ??= model;
        body["messages"] ??= new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text });
        body["stream"] ??= true;
        return body;
    }

    public static async Task<ChatStream> OpenAsync(HttpClient client, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return new ChatStream(response, new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8));
    }

    /// <summary>Sends a request, does something while it waits, and then waits for the answer to begin.</summary>
    public static async Task<ChatStream> OpenWhenHeadersComeAsync(HttpClient client, object body, Func<Task> meanwhile, CancellationToken cancellationToken)
    {
        var opening = OpenAsync(client, body, cancellationToken);
        await meanwhile();
        return await opening;
    }

    /// <summary>The chunks as they come; ends after <c>[DONE]</c>, fails on an error frame or an end without it.</summary>
    public async IAsyncEnumerable<JsonElement> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in FramesAsync(cancellationToken))
        {
            Assert.False(chunk.TryGetProperty("error", out var error), $"The stream carries an error: {error}");
            yield return chunk;
        }
    }

    /// <summary>The texts of the first choice, one for each chunk that has some.</summary>
    public async IAsyncEnumerable<string> ReadTextAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in ReadAsync(cancellationToken))
        {
            if (TextOf(chunk) is { Length: > 0 } text)
            {
                yield return text;
            }
        }
    }

    /// <summary>The error frame that ends the stream; each text before it is handed on.</summary>
    public async Task<JsonElement> ReadUntilErrorAsync(Func<string, Task> take, CancellationToken cancellationToken)
    {
        await foreach (var frame in FramesAsync(cancellationToken))
        {
            if (frame.TryGetProperty("error", out var error))
            {
                return error;
            }

            if (TextOf(frame) is { Length: > 0 } text)
            {
                await take(text);
            }
        }

        throw new InvalidOperationException("The stream ended well.");
    }

    public static string? TextOf(JsonElement chunk) =>
        chunk.GetProperty("choices") is { } choices && choices.GetArrayLength() > 0 && choices[0].GetProperty("delta").TryGetProperty("content", out var content)
            ? content.GetString()
            : null;

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<JsonElement> FramesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                Assert.True(line.Length == 0 || line[0] == ':', $"Neither data, comment nor end of a frame: {line}");
                continue;
            }

            if (line == "data: [DONE]")
            {
                yield break;
            }

            yield return JsonDocument.Parse(line["data: ".Length..]).RootElement;
        }

        Assert.Fail("The stream ended without [DONE].");
    }
}
