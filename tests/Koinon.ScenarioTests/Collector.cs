using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Koinon.ScenarioTests;

/// <summary>Takes traces as an OpenTelemetry collector does, over HTTP or gRPC.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const int GrpcHeaderBytes = 5;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly WebApplication _application;
    private readonly Channel<Span> _spans = Channel.CreateUnbounded<Span>();

    private Collector(WebApplication application, bool isHttp)
    {
        _application = application;
        application.Run(isHttp ? TakeHttpAsync : TakeGrpcAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url => _application.Urls.First();

    /// <summary>The content types of what came.</summary>
    public string? ContentType { get; private set; }

    /// <summary>The service that sent it.</summary>
    public string? Service { get; private set; }

    public static async Task<Collector> StartAsync(bool isHttp, CancellationToken cancellation, int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, port, listen => listen.Protocols = isHttp ? HttpProtocols.Http1 : HttpProtocols.Http2));
        WebApplication application = builder.Build();
        Collector collector = new(application, isHttp);
        await application.StartAsync(cancellation);
        return collector;
    }

    /// <summary>Waits for a span of a name.</summary>
    public async Task<Span> FindAsync(string name, CancellationToken cancellation)
    {
        while (true)
        {
            Span span = await _spans.Reader.ReadAsync(cancellation).AsTask().WaitAsync(LongestWait, cancellation);
            if (span.Name == name) return span;
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeHttpAsync(HttpContext context)
    {
        if (context.Request.Path != "/v1/traces")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Take(await ReadAsync(context));
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeGrpcAsync(HttpContext context)
    {
        byte[] message = await ReadAsync(context);
        Take(message.AsMemory(GrpcHeaderBytes));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[GrpcHeaderBytes]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task<byte[]> ReadAsync(HttpContext context)
    {
        ContentType = context.Request.ContentType;
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    /// <summary>Reads an ExportTraceServiceRequest of opentelemetry-proto.</summary>
    private void Take(ReadOnlyMemory<byte> request)
    {
        foreach (ReadOnlyMemory<byte> resourceSpans in ProtoMessage.Of(request).Messages(1))
        {
            ProtoMessage resource = ProtoMessage.Of(ProtoMessage.Of(resourceSpans).Messages(1).Single());
            Service = Span.AttributesOf(resource, 1)["service.name"];
            foreach (ReadOnlyMemory<byte> scopeSpans in ProtoMessage.Of(resourceSpans).Messages(2))
            {
                ProtoMessage scope = ProtoMessage.Of(scopeSpans);
                foreach (ReadOnlyMemory<byte> span in scope.Messages(2))
                {
                    _spans.Writer.TryWrite(Span.Of(ProtoMessage.Of(span)));
                }
            }
        }
    }

    /// <summary>A span, as far as it is looked at.</summary>
    public sealed record Span(string Name, ulong Kind, ulong Status, IReadOnlyDictionary<string, string> Attributes)
    {
        private const int NameField = 5, KindField = 6, AttributesField = 9, StatusField = 15;

        public static Span Of(ProtoMessage span) => new(
            span.Text(NameField),
            span.Number(KindField),
            span.Messages(StatusField).Select(static status => ProtoMessage.Of(status).Number(3)).FirstOrDefault(),
            AttributesOf(span, AttributesField));

        /// <summary>The attributes that are texts.</summary>
        public static IReadOnlyDictionary<string, string> AttributesOf(ProtoMessage message, int field) =>
            message.Messages(field).Select(ProtoMessage.Of).ToDictionary(
                static pair => pair.Text(1), static pair => ProtoMessage.Of(pair.Messages(2).Single()).Text(1));
    }
}
