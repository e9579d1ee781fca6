namespace LocalAI.Pipeline.Api.Access;

internal static class CallerExtensions
{
    /// <summary>Whom the request's jobs belong to.</summary>
    public static string Owner(this HttpContext context) => context.Features.Get<Caller>()?.Owner ?? AccessKeys.Anonymous;
}
