"""gcloud's own decoder of job files, asked many times in one process; run by gcloud's Python.

Reads one JSON object {"kind": ..., "text": ...} a line, answers one JSON line each: {"accepted":
true, "unknown": [names that are sent as they are]} or {"accepted": false, "error": "..."}.
"""

import json
import os
import shutil
import sys
import warnings

SDK = os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("gcloud"))))
sys.path[:0] = [os.path.join(SDK, "lib", "third_party"), os.path.join(SDK, "lib")]
warnings.simplefilter("ignore")

from apitools.base.py import encoding  # noqa: E402
from apitools.base.py import encoding_helper  # noqa: E402
from googlecloudsdk.api_lib.util import messages  # noqa: E402
from googlecloudsdk.command_lib.export import util  # noqa: E402
from googlecloudsdk.core import yaml  # noqa: E402
from googlecloudsdk.generated_clients.apis.aiplatform.v1 import aiplatform_v1_messages as vertex  # noqa: E402
from googlecloudsdk.generated_clients.apis.ml.v1 import ml_v1_messages as ml  # noqa: E402


def decode(kind, text):
    """As the commands do: jobs submit training, custom-jobs create, hp-tuning-jobs create."""
    if kind == "training":
        data = yaml.load(text)
        data.get("trainingInput", {}).get("scaleTier", None)
        return encoding.DictToMessage(data, ml.GoogleCloudMlV1Job)
    if kind == "custom_job":
        return util.Import(message_type=vertex.GoogleCloudAiplatformV1CustomJobSpec, stream=text)
    return messages.DictToMessageWithErrorCheck(
        yaml.load(text), vertex.GoogleCloudAiplatformV1HyperparameterTuningJob)


def ask(question):
    try:
        message = decode(question["kind"], question["text"])
    except Exception as error:  # pylint: disable=broad-except
        return {"accepted": False, "error": f"{type(error).__name__}: {error}"}
    unknown = sorted(name for _, names in encoding_helper.UnrecognizedFieldIter(message) for name in names)
    return {"accepted": True, "unknown": unknown}


for line in sys.stdin:
    # What gcloud warns of must not get between the answers.
    sys.stderr = open(os.devnull, "w", encoding="utf-8")
    print(json.dumps(ask(json.loads(line))), flush=True)
