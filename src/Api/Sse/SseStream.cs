using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Sse;

/// <summary>
/// Server-sent events into a response: each frame is written whole into the response's buffer, and what is there is sent
/// by <see cref="FlushAsync"/>. The response starts with the first frame, so that an error before it keeps its status.
/// </summary>
internal sealed class SseStream(HttpResponse response) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(response.BodyWriter, Json.Output);

    /// <summary>Whether the status line is decided.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Begins a frame and returns the writer of its one JSON value; <see cref="EndData"/> ends it.</summary>
    public Utf8JsonWriter BeginData()
    {
        Start();
        response.BodyWriter.Write("data: "u8);
        _json.Reset(response.BodyWriter);
        return _json;
    }

    /// <summary>Begins a frame that has a name.</summary>
    public Utf8JsonWriter BeginEvent(ReadOnlySpan<byte> name)
    {
        Start();
        response.BodyWriter.Write("event: "u8);
        response.BodyWriter.Write(name);
        response.BodyWriter.Write("\n"u8);
        return BeginData();
    }

    public void EndData()
    {
        _json.Flush();
        response.BodyWriter.Write("\n\n"u8);
    }

    /// <summary>The mark that nothing follows.</summary>
    public void WriteDone()
    {
        Start();
        response.BodyWriter.Write("data: [DONE]\n\n"u8);
    }

    /// <summary>A comment, which readers skip and proxies see.</summary>
    public void WritePing()
    {
        Start();
        response.BodyWriter.Write(": ping\n\n"u8);
    }

    /// <summary>Sends what was written; waits for a client that reads slowly.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = await response.BodyWriter.FlushAsync(cancellationToken);
        if (flushed.IsCompleted)
        {
            throw new ClientClosedException();
        }
    }

    public void Dispose() => _json.Dispose();

    private void Start()
    {
        if (HasStarted)
        {
            return;
        }

        HasStarted = true;
        response.StatusCode = 200;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers[HeaderNames.CacheControl] = "no-cache";
        // nginx buffers answers otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
