using LocalAI.Pipeline.Api.Batches.Input;
using LocalAI.Pipeline.Api.Batches.Output;
using LocalAI.Pipeline.Api.Batches.Rows;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.Batches.Running;

/// <summary>Takes a batch from wherever it is to its end. Every step begins from what the row says, so that it does not matter who made the last one.</summary>
internal sealed class BatchRun(BatchValidation validation, BatchLines lines, BatchOutput output, LeasedBatches batches, IOptions<BatchesOptions> options, TimeProvider time)
{
    /// <param name="batch">A batch whose lease this process has.</param>
    /// <param name="watched">Told about the watch while there is one.</param>
    /// <param name="stopping">The process stops.</param>
    /// <exception cref="LeaseLostException">Another process has it now.</exception>
    public async Task RunAsync(Batch batch, Action<BatchWatch> watched, CancellationToken stopping)
    {
        await using var watch = new BatchWatch(batches, batch, options.Value, time, stopping);
        watched(watch);
        while (await batches.RenewAsync(batch.Id, watch.Lost) is { HasEnded: false } current)
        {
            try
            {
                await StepAsync(current, watch);
            }
            catch (BatchInputGoneException e)
            {
                await batches.TryFailAsync(batch.Id, BatchErrorJson.Of([new BatchError("input_file_not_found", e.Message, "input_file_id")]), watch.Lost);
            }
        }
    }

    private async Task StepAsync(Batch batch, BatchWatch watch)
    {
        switch (batch.State)
        {
            case BatchState.Validating:
                await ValidateAsync(batch, watch);
                break;
            case BatchState.InProgress:
                // Over its time already: another process left it for long.
                await (batch.ExpiresAt > time.GetUtcNow() ? lines.RunAsync(batch, watch) : Task.CompletedTask);
                await batches.TryFinalizeAsync(batch.Id, watch.Lost);
                break;
            default:
                await EndAsync(batch, watch.Lost);
                break;
        }
    }

    private async Task ValidateAsync(Batch batch, BatchWatch watch)
    {
        var (count, errors) = await validation.RunAsync(batch, watch.Lost);
        // Where it was cancelled meanwhile neither changes anything, and the next step sees why.
        await (errors.Count > 0
            ? batches.TryFailAsync(batch.Id, BatchErrorJson.Of(errors), watch.Lost)
            : batches.TryStartAsync(batch.Id, count, watch.Lost));
    }

    private async Task EndAsync(Batch batch, CancellationToken lost)
    {
        var end = batch.State == BatchState.Cancelling ? BatchState.Cancelled
            : batch.Completed + batch.Failed < batch.Total ? BatchState.Expired
            : BatchState.Completed;
        await output.WriteAsync(batch, end, lost);
    }
}
