using LocalAI.Pipeline.Api.Generation;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>Answers with whole completions: one is an object, several are an array.</summary>
internal static class LlamaResponseWriter
{
    /// <exception cref="Errors.ApiException">The generation failed.</exception>
    public static async Task WriteAsync(LlamaCompletion completion, HttpResponse response)
    {
        var head = completion.Head;
        var answers = Enumerable.Range(0, head.Jobs).Select(_ => new LlamaAnswer()).ToList();
        await WholeAnswer.ReadAsync(completion.Reader, item => answers[item.Choice].Add(item.Delta, keep: true));
        await JsonResponse.WriteAsync(response, json =>
        {
            if (answers.Count == 1)
            {
                LlamaEnd.Write(json, head, 0, answers[0]);
                return;
            }

            json.WriteStartArray();
            for (var job = 0; job < answers.Count; job++)
            {
                LlamaEnd.Write(json, head, job, answers[job]);
            }

            json.WriteEndArray();
        });
    }
}
