using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Input;

/// <summary>Reads all lines of a batch before the first of them runs.</summary>
internal sealed class BatchValidation(BatchInput input, IOptions<BatchesOptions> options, IOptions<RequestOptions> limits)
{
    // So many are enough to see what is wrong; a file that is no batch at all has one in each line.
    private const int MostErrors = 100;

    /// <returns>How many lines it has, and what is wrong with them.</returns>
    /// <exception cref="BatchInputGoneException">Somebody deleted the file.</exception>
    public async Task<(int Lines, IReadOnlyList<BatchError> Errors)> RunAsync(Batch batch, CancellationToken cancellationToken)
    {
        var errors = new List<BatchError>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var lines = 0;
        await foreach (var line in input.ReadAsync(batch, cancellationToken))
        {
            if (++lines > options.Value.MaxLines)
            {
                return (lines, [new BatchError("too_many_tasks", $"The input has more than {options.Value.MaxLines} requests (Batches:MaxLines).")]);
            }

            if (Check(line, batch.Endpoint, ids) is { } error && errors.Count < MostErrors)
            {
                errors.Add(error);
            }
        }

        return lines > 0 ? (lines, errors) : (0, [new BatchError("empty_file", "The input has no request.")]);
    }

    private BatchError? Check(InputLine line, string endpoint, HashSet<string> ids)
    {
        try
        {
            var read = BatchLineReader.Read(line, endpoint, limits.Value);
            return ids.Add(read.CustomId) ? null : new BatchError("duplicate_custom_id", $"The custom_id '{Shown.Short(read.CustomId)}' is that of an earlier request too: each request of a batch has its own.", "custom_id", line.Number);
        }
        catch (BatchLineException e)
        {
            return e.ToError(line.Number);
        }
    }
}
