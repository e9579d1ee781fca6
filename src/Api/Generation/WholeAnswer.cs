using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Relay;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>Waits for all of an answer.</summary>
internal static class WholeAnswer
{
    /// <param name="add">Takes each delta, with its job's place among those of the request.</param>
    /// <exception cref="ApiException">The generation failed.</exception>
    public static async Task ReadAsync(JobSubscription reader, Action<JobDelta> add)
    {
        while (!reader.IsComplete)
        {
            await reader.WaitAsync();
            foreach (var item in reader.Take())
            {
                if (item.Delta.Failure is { } failure)
                {
                    throw new ApiException(FailureHttpTable.ToError(failure));
                }

                add(item);
            }
        }
    }
}
