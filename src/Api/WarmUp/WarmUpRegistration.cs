using LocalAI.Pipeline.Api.Chat;
using LocalAI.Pipeline.Api.Requests;
using Microsoft.Extensions.Options;

namespace LocalAI.Pipeline.Api.WarmUp;

internal static class WarmUpRegistration
{
    public static void AddWarmUp(this IServiceCollection services) => services.AddSingleton(
        provider => new FirstAnswer(provider.GetRequiredService<ChatCompletions>(), provider.GetRequiredService<IOptions<RequestOptions>>()));
}
