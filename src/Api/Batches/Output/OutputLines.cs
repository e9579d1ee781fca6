using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Output;

/// <summary>The lines of a batch's output, in the order of its input. Rows and input are read as they are needed; one line is in memory.</summary>
internal sealed class OutputLines(LeasedBatches batches, BatchInput input, IOptions<RequestOptions> limits)
{
    /// <summary>OpenAI's output file: what was answered.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Answers(Batch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in batches.ResultsAsync(batch.Id, cancellationToken).Where(result => result.IsSuccess))
        {
            yield return Line(json => OutputJson.WriteAnswer(json, result));
        }
    }

    /// <summary>OpenAI's error file: what was refused or failed, then what did not run.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Errors(Batch batch, BatchState end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in batches.ResultsAsync(batch.Id, cancellationToken).Where(result => !result.IsSuccess))
        {
            yield return Line(json => OutputJson.WriteAnswer(json, result));
        }

        await foreach (var line in NotRunAsync(batch, end, cancellationToken))
        {
            yield return Line(json => OutputJson.WriteNotRun(json, batch.Id, line, end));
        }
    }

    /// <summary>Anthropic's results: everything.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Results(Batch batch, BatchState end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in batches.ResultsAsync(batch.Id, cancellationToken))
        {
            yield return Line(json => OutputJson.WriteResult(json, result));
        }

        await foreach (var line in NotRunAsync(batch, end, cancellationToken))
        {
            yield return Line(json => OutputJson.WriteResultNotRun(json, line, end));
        }
    }

    private async IAsyncEnumerable<BatchLine> NotRunAsync(Batch batch, BatchState end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A batch that was cancelled before its lines were checked tells nothing about them.
        if (end == BatchState.Completed || batch.InProgressAt is null)
        {
            yield break;
        }

        var finished = await batches.FinishedLinesAsync(batch.Id, cancellationToken);
        await foreach (var line in input.ReadAsync(batch, cancellationToken).Where(line => !finished.Contains(line.Number)))
        {
            yield return BatchLineReader.Read(line, batch.Endpoint, limits.Value);
        }
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json.Output))
        {
            write(json);
        }

        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }
}
