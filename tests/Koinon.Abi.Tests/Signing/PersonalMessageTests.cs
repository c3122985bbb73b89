using System.Text;
using System.Text.Json;
using Koinon.Abi.Signing;
using Koinon.Abi.Tests.Vectors;

namespace Koinon.Abi.Tests.Signing;

public sealed class PersonalMessageTests
{
    [Fact]
    public void Hash_OfTheVectors_IsEthersOwn()
    {
        foreach (JsonElement vector in VectorFile.Read("messages.json"))
        {
            byte[] message = Encoding.UTF8.GetBytes(vector.GetProperty("text").GetString()!);

            Assert.Equal(vector.GetProperty("hash").GetString(), PersonalMessage.Hash(message).ToString());
        }
    }
}
