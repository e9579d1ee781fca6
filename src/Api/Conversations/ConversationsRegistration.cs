namespace LocalAI.Pipeline.Api.Conversations;

internal static class ConversationsRegistration
{
    public static void AddConversations(this IServiceCollection services) => services.AddSingleton<ConversationStore>();
}
