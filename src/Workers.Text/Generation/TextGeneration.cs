using LocalAI.Pipeline.Backends.Protocol;
using LocalAI.Pipeline.Backends.Protocol.Messages;
using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.ModelCatalogue;
using LocalAI.Pipeline.Workers.Hosting;
using LocalAI.Pipeline.Workers.Hosting.Deltas;
using LocalAI.Pipeline.Workers.Hosting.Jobs;
using LocalAI.Pipeline.Workers.Hosting.Processes;
using LocalAI.Pipeline.Workers.Text.Calls;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>
/// Streams one generation from the backend into the job's deltas. When the backend's process dies, the next one continues
/// from the raw text so far: nothing is repeated and nothing is missing.
/// </summary>
internal sealed class TextGeneration(GenerateText command, ModelDefinition model, BackendLease lease)
{
    // A request that brings the process down this often is the cause: it must not take the model down with it.
    private const int MaxRestarts = 3;

    // Asked of the first process: when it is needed, a process is dead, and the next is of the same kind.
    private bool _supportsContinuation;
    private AnswerGrammar? _grammar;

    public async Task RunAsync(JobStart start, JobDeltas deltas, CancellationToken cancellationToken)
    {
        GenerationProgress? progress = null;
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                progress ??= await StartAsync(start, deltas, cancellationToken);
                var request = await PredictRequests.CreateAsync(command, model, lease, cancellationToken);
                _grammar?.Fill(request);
                if (!progress.TryContinue(request))
                {
                    await progress.FinishAsync("length", "", cancellationToken);
                    return;
                }

                await StreamAsync(request, progress, cancellationToken);
                return;
            }
            catch (BackendCallException exception) when (lease.IsBrokenBy(exception) && restarts < MaxRestarts)
            {
                EnsureContinuable(progress);
                await lease.RestartAsync(cancellationToken);
            }
            catch (BackendCallException exception)
            {
                throw new JobFailedException(GrpcFailures.From(exception, model), exception);
            }
        }
    }

    private async Task<GenerationProgress> StartAsync(JobStart start, JobDeltas deltas, CancellationToken cancellationToken)
    {
        var traits = await BackendTraits.OfAsync(lease.Client, cancellationToken);
        _supportsContinuation = traits.SupportsContinuation;
        var output = OutputForm.Of(command, model, traits);
        var contract = new AnswerContract(command, output, traits.HoldsForm && GoPrompts.TemplatesOf(model) is null);
        // The parser must know where the prompt ended before it sees what an earlier attempt generated, and the grammar before it begins.
        var isTailNeeded = output.Reasoning is not null && _supportsContinuation && (start.RawText.Length > 0 || contract.HasGrammar);
        var promptTail = isTailNeeded ? await RenderAsync(cancellationToken) : "";
        _grammar = contract.Grammar(output.ThinkingAfter(promptTail, TemplateArguments.AllowThinking(model, command)));
        var progress = new GenerationProgress(command, output, contract, deltas, start);
        if (start.RawText.Length > 0)
        {
            progress.Resume(promptTail);
        }

        return progress;
    }

    private async Task<string> RenderAsync(CancellationToken cancellationToken)
    {
        var request = await PredictRequests.CreateAsync(command, model, lease, cancellationToken);
        request.RenderOnly = true;
        return (await lease.Client.PredictAsync(request, cancellationToken)).Message.ToStringUtf8();
    }

    private void EnsureContinuable(GenerationProgress? progress)
    {
        if (progress is { HasOutput: true } && !_supportsContinuation)
        {
            throw new JobFailedException(FailureCode.BackendCrashed, $"The backend '{model.Backend}' of model '{model.Name}' died in mid-answer and cannot continue a text. Send the request again.");
        }
    }

    private async Task StreamAsync(PredictOptions request, GenerationProgress progress, CancellationToken cancellationToken)
    {
        Reply? last = null;
        await lease.Client.PredictInStepsAsync(request, (reply, stopping) =>
        {
            last = reply;
            return progress.AddAsync(reply, stopping);
        }, cancellationToken);
        await progress.FinishAsync(last?.FinishReason ?? "", last?.StopSequence ?? "", cancellationToken);
    }
}
