using System.Threading.Channels;
using LocalAI.Pipeline.Api.Batches.Rows;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>
/// Keeps answers in the database, those that came together in one transaction: under load the commits are few, and a lone answer
/// waits for nothing.
/// </summary>
internal sealed class ResultKeeper(LeasedBatches batches, string batchId)
{
    // Rows of one transaction: over that a larger one saves little.
    private const int MostAtOnce = 64;

    // Answers that wait for a commit; their lines wait with them.
    private readonly Channel<BatchResult> _answers = Channel.CreateBounded<BatchResult>(MostAtOnce);

    public ValueTask AddAsync(BatchResult result, CancellationToken cancellationToken) => _answers.Writer.WriteAsync(result, cancellationToken);

    /// <summary>No answer follows.</summary>
    public void Complete() => _answers.Writer.TryComplete();

    /// <summary>Keeps what comes until it is complete.</summary>
    /// <exception cref="LeaseLostException">Another process runs the batch.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _answers.Reader.WaitToReadAsync(cancellationToken))
            {
                var together = new List<BatchResult>();
                while (together.Count < MostAtOnce && _answers.Reader.TryRead(out var result))
                {
                    together.Add(result);
                }

                if (!await batches.TryKeepAsync(batchId, together, cancellationToken))
                {
                    throw new LeaseLostException();
                }
            }
        }
        catch (Exception e)
        {
            // Lines that wait to hand over their answer end with it.
            _answers.Writer.TryComplete(e);
            throw;
        }
    }
}
