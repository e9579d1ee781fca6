using LocalAI.Pipeline.Api;
using LocalAI.Pipeline.Bus;
using LocalAI.Pipeline.Settings;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApi(builder.Configuration);
builder.Services.AddPipelineBus(builder.Configuration);

var app = builder.Build();
app.MapApi();
return await app.RunCheckedAsync();
