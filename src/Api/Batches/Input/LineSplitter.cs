using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>Splits a stream into lines, holding one at a time. A line that is too long is passed over, not held.</summary>
internal static class LineSplitter
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    public static async IAsyncEnumerable<InputLine> ReadAsync(Stream content, long maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(content, new StreamPipeReaderOptions(leaveOpen: true));
        var number = 1;
        var isTooLong = false;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (Line(buffer.Slice(0, end), number, isTooLong, maxLineBytes) is { } line)
                {
                    yield return line;
                }

                (buffer, isTooLong) = (buffer.Slice(buffer.GetPosition(1, end)), false);
                number++;
            }

            if (read.IsCompleted)
            {
                if (Line(buffer, number, isTooLong, maxLineBytes) is { } last)
                {
                    yield return last;
                }

                await reader.CompleteAsync();
                yield break;
            }

            if (buffer.Length > maxLineBytes)
            {
                (buffer, isTooLong) = (buffer.Slice(buffer.End), true);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static InputLine? Line(ReadOnlySequence<byte> bytes, int number, bool isTooLong, long maxLineBytes)
    {
        if (isTooLong || bytes.Length > maxLineBytes)
        {
            return new InputLine(number, default, true);
        }

        ReadOnlyMemory<byte> line = bytes.ToArray();
        if (number == 1 && line.Span.StartsWith(ByteOrderMark))
        {
            line = line[ByteOrderMark.Length..];
        }

        return line.Span.Trim(" \t\r"u8).IsEmpty ? null : new InputLine(number, line, false);
    }
}
