using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalAI.Pipeline.Driving;

/// <summary>An OpenAI-compatible server, driven through streamed chat completions.</summary>
public sealed class HttpTarget : IStreamTarget
{
    /// <summary>An error's body may be a page.</summary>
    private const int ShownError = 500;

    private readonly HttpClient _http;
    private readonly Uri _chat;

    /// <summary>With <paramref name="address"/> a base URL, with or without <c>/v1</c>.</summary>
    public HttpTarget(string address, string? apiKey)
    {
        ArgumentNullException.ThrowIfNull(address);
        Name = address;
        var root = address.TrimEnd('/');
        _chat = new Uri(root.EndsWith("/v1", StringComparison.Ordinal) ? $"{root}/chat/completions" : $"{root}/v1/chat/completions");
        // One connection for each stream, as so many clients would have.
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        if (apiKey is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public async Task PrepareAsync(LoadShape shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        await StreamAsync(shape with { OutputTokens = 1 }, Prompts.Create(0, 4), cancellationToken);
    }

    /// <inheritdoc />
    public async Task<StreamTimes> StreamAsync(LoadShape shape, string prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        using var request = new HttpRequestMessage(HttpMethod.Post, _chat)
        {
            Content = new StringContent(Body(shape, prompt).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        var started = Stopwatch.GetTimestamp();
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new BenchException($"{Name} answered {(int)response.StatusCode}: {text[..Math.Min(text.Length, ShownError)]}");
        }

        var reading = new SseReading(Name);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await reading.ReadAsync(stream, cancellationToken);
        return new StreamTimes(started, reading.Arrivals, reading.PromptTokens, reading.Tokens);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static JsonObject Body(LoadShape shape, string prompt)
    {
        var body = new JsonObject
        {
            ["model"] = shape.Model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
            ["stream"] = true,
            ["stream_options"] = new JsonObject { ["include_usage"] = true },
            ["max_tokens"] = shape.OutputTokens,
            ["temperature"] = 0,
            ["ignore_eos"] = true,
        };
        if (JsonNode.Parse(shape.TemplateArguments, documentOptions: new JsonDocumentOptions { MaxDepth = 16 }) is JsonObject { Count: > 0 } arguments)
        {
            body["chat_template_kwargs"] = arguments;
        }

        foreach (var (name, value) in shape.Further is { } further ? JsonNode.Parse(further)!.AsObject() : [])
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }
}
