using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Driving;

/// <summary>
/// Reads a stream of chat chunks and notes when content came. It shares the processor with what it measures, so a chunk is
/// searched, not parsed; only the last one, which has the usage, is.
/// </summary>
internal sealed class SseReading(string target)
{
    private readonly List<long> _arrivals = [];
    private bool _done;

    public IReadOnlyList<long> Arrivals => _arrivals;

    public int PromptTokens { get; private set; }

    public int Tokens { get; private set; }

    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream);
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var arrived = Stopwatch.GetTimestamp();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                TakeLine(buffer.Slice(0, end), arrived);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await pipe.CompleteAsync();
        if (!_done || Tokens == 0)
        {
            throw new BenchException($"{target}'s stream ended {(_done ? "without usage" : "before [DONE]")}");
        }
    }

    private void TakeLine(ReadOnlySequence<byte> sequence, long arrived)
    {
        var line = sequence.IsSingleSegment ? sequence.FirstSpan : sequence.ToArray();
        if (!line.StartsWith("data:"u8))
        {
            return;
        }

        if (line.IndexOf("\"error\":{"u8) >= 0)
        {
            throw new BenchException($"{target} failed in mid-stream: {Encoding.UTF8.GetString(line)}");
        }

        if (line.IndexOf("[DONE]"u8) >= 0)
        {
            _done = true;
        }
        else if (HasContent(line, "\"content\":\""u8) || HasContent(line, "\"reasoning_content\":\""u8))
        {
            _arrivals.Add(arrived);
        }

        if (line.IndexOf("\"usage\":{"u8) >= 0)
        {
            TakeUsage(line["data:".Length..]);
        }
    }

    private static bool HasContent(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        return at >= 0 && at + key.Length < line.Length && line[at + key.Length] != (byte)'"';
    }

    private void TakeUsage(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var usage = document.RootElement.GetProperty("usage");
        PromptTokens = usage.GetProperty("prompt_tokens").GetInt32();
        Tokens = usage.GetProperty("completion_tokens").GetInt32();
    }
}
