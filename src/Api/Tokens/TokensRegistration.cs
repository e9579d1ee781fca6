namespace LocalAI.Pipeline.Api.Tokens;

internal static class TokensRegistration
{
    public static void AddTokens(this IServiceCollection services) => services.AddSingleton<TokenRequests>();
}
