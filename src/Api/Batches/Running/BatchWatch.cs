using System.Threading.Channels;
using LocalAI.Pipeline.Api.Batches.Rows;
using LocalAI.Pipeline.Api.Persistence;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Holds the lease of a batch while it runs, and ends its lines when it is cancelled, over its time, or not ours any more.</summary>
internal sealed class BatchWatch : IAsyncDisposable
{
    private readonly LeasedBatches _batches;
    private readonly Batch _batch;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly CancellationTokenSource _lines;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _watching;

    public BatchWatch(LeasedBatches batches, Batch batch, BatchesOptions options, TimeProvider time, CancellationToken stopping)
    {
        (_batches, _batch, _time, _lease) = (batches, batch, time, options.LeaseDuration);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lines = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token);
        _watching = WatchAsync();
    }

    /// <summary>Cancelled when no further line shall run.</summary>
    public CancellationToken Lines => _lines.Token;

    /// <summary>Cancelled when nothing at all shall be done with the batch here.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Looks at once: somebody in this process cancelled it.</summary>
    public void Wake() => _wakes.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watching;
        _lines.Dispose();
        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task WatchAsync()
    {
        var renewed = _time.GetTimestamp();
        var wake = _wakes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (!_ended.IsCancellationRequested && !_lost.IsCancellationRequested)
        {
            // Five looks fit into a lease; a database that is away for some of them loses nothing.
            await Task.WhenAny(wake, Task.Delay(_lease / 5, _time, _ended.Token));
            if (_wakes.Reader.TryRead(out _))
            {
                wake = _wakes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            }

            renewed = await RenewAsync() ? _time.GetTimestamp() : renewed;
            if (_time.GetElapsedTime(renewed) > _lease)
            {
                await _lost.CancelAsync();
            }
        }
    }

    private async Task<bool> RenewAsync()
    {
        try
        {
            var batch = await _batches.RenewAsync(_batch.Id, _ended.Token);
            if (batch is null)
            {
                await _lost.CancelAsync();
            }
            else if (batch.State == BatchState.Cancelling || batch.ExpiresAt <= _time.GetUtcNow())
            {
                await _lines.CancelAsync();
            }

            return batch is not null;
        }
        catch (Exception e) when (_ended.IsCancellationRequested || DatabaseErrors.IsLoss(e))
        {
            return false;
        }
    }
}
