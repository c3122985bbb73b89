using System.Text;
using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

/// <summary>Subscribes to a row of numbers, told as fast as the test lets them go.</summary>
internal sealed class FloodMethod : RpcConnectionMethod<NoParameters, string>
{
    private const string Id = "0xf100d";

    public override string Name => "test_flood";

    /// <summary>The connection that asked last.</summary>
    public RpcConnection? Connection { get; private set; }

    /// <summary>Tells numbers; whether the connection still takes them.</summary>
    public bool Tell(int from, int count, string padding = "")
    {
        bool isTaken = true;
        for (int number = from; number < from + count && isTaken; number++)
        {
            byte[] json = Encoding.ASCII.GetBytes($$"""{"n":{{number}},"p":"{{padding}}"}""");
            isTaken = Connection!.Notify(new RpcNotification(Id, json));
        }

        return isTaken;
    }

    protected override NoParameters Read(ref ParameterReader reader) => default;

    protected override RpcResult<string> Answer(NoParameters parameters, RpcConnection connection)
    {
        Connection = connection;
        return Id;
    }
}
