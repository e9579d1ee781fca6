using LocalAI.Pipeline.Api.Generation;

namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Answers with a whole response.</summary>
internal static class ResponseWriter
{
    /// <exception cref="Errors.ApiException">The generation failed.</exception>
    public static async Task WriteAsync(ResponseGeneration generation, ResponseEnding ending, HttpResponse response)
    {
        var answer = new ResponseAnswer(generation.Head, new NoItemOutput());
        await WholeAnswer.ReadAsync(generation.Reader, item => answer.Add(item.Delta));
        var state = answer.Ended(ending.Now);
        await ending.KeepAsync(generation, state, response.HttpContext.RequestAborted);
        await JsonResponse.WriteAsync(response, json => ResponseJson.Write(json, generation.Head, state));
    }
}
