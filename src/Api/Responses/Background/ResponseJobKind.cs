using LocalAI.Pipeline.Api.DurableJobs;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Responses.Items;
using LocalAI.Pipeline.Api.Responses.Writing;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Responses.Background;

/// <summary>Makes the response of a durable job from its deltas.</summary>
internal sealed class ResponseJobKind : IDurableJobKind
{
    public const string KindName = "response";

    public string Name => KindName;

    public DurableJobOutcome Complete(DurableJob job, IReadOnlyList<GenerationDelta> deltas)
    {
        var head = BackgroundResponse.Of(job).Head;
        var state = State(new ResponseAnswer(head, new NoItemOutput()), job, deltas);
        var result = new BackgroundResult(JsonText.Of(json => ItemJson.WriteAll(json, state.Output)), JsonText.Of(json => ResponseJson.Write(json, head, state)));
        return new DurableJobOutcome(Outcome(state.Status), result.ToJson());
    }

    /// <summary>When a job's answer was whole, as its engine measured it: the same on every instance.</summary>
    public static DateTimeOffset EndOf(DurableJob job, GenerationFinish finish) =>
        (job.StartedAt ?? job.CreatedAt).AddMilliseconds(finish.PromptMilliseconds + finish.GenerationMilliseconds);

    private static ResponseState State(ResponseAnswer answer, DurableJob job, IReadOnlyList<GenerationDelta> deltas)
    {
        try
        {
            foreach (var delta in deltas.Where(delta => delta.Failure is null))
            {
                answer.Add(delta);
            }
        }
        catch (ApiException e)
        {
            return answer.Failed(e.Error);
        }

        return deltas[^1] switch
        {
            { Failure.Code: FailureCode.Cancelled } => answer.Cancelled(),
            { Failure: { } failure } => answer.Failed(FailureHttpTable.ToError(failure)),
            var last => answer.Ended(EndOf(job, last.Finish!)),
        };
    }

    private static DurableJobState Outcome(string status) => status switch
    {
        ResponseStatus.Completed => DurableJobState.Completed,
        ResponseStatus.Incomplete => DurableJobState.Incomplete,
        ResponseStatus.Cancelled => DurableJobState.Cancelled,
        _ => DurableJobState.Failed,
    };
}
