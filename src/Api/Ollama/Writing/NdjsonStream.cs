using System.Buffers;
using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>A JSON value on each line of a response, which starts with the first, so that an error before it keeps its status.</summary>
internal sealed class NdjsonStream(HttpResponse response) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(response.BodyWriter, Json.Output);

    /// <summary>Whether the status line is decided.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Begins a line and returns the writer of its one JSON value; <see cref="End"/> ends it.</summary>
    public Utf8JsonWriter Begin()
    {
        if (!HasStarted)
        {
            HasStarted = true;
            response.StatusCode = 200;
            response.ContentType = "application/x-ndjson";
            response.Headers[HeaderNames.CacheControl] = "no-cache";
            // nginx buffers answers otherwise.
            response.Headers["X-Accel-Buffering"] = "no";
        }

        _json.Reset(response.BodyWriter);
        return _json;
    }

    public void End()
    {
        _json.Flush();
        response.BodyWriter.Write("\n"u8);
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
}
