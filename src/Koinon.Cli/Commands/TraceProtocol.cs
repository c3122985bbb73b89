namespace Koinon.Cli.Commands;

/// <summary>How traces are sent to a collector.</summary>
internal enum TraceProtocol
{
    /// <summary>By gRPC, on port 4317 as a rule.</summary>
    Grpc,

    /// <summary>By HTTP with Protocol Buffers, on port 4318 as a rule.</summary>
    Http,
}
