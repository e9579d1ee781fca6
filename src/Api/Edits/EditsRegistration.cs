namespace LocalAI.Pipeline.Api.Edits;

internal static class EditsRegistration
{
    public static void AddEdits(this IServiceCollection services) => services.AddSingleton<TextEdits>();
}
