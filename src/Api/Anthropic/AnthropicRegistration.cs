namespace LocalAI.Pipeline.Api.Anthropic;

internal static class AnthropicRegistration
{
    public static void AddAnthropic(this IServiceCollection services) => services.AddSingleton<MessageGenerations>();
}
