namespace LocalAI.Pipeline.Api.Completions;

internal static class CompletionsRegistration
{
    public static void AddCompletions(this IServiceCollection services) => services.AddSingleton<TextCompletions>();
}
